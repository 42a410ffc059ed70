// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FixedPoint, Q112} from "../math/FixedPoint.sol";
import {PoolList} from "./PoolList.sol";
import {Impact} from "./rules/Impact.sol";
import {UniswapV2} from "./venues/UniswapV2.sol";

/// @title Routes: how much the listed pools bear, and what they bring (docs/rules.md 6)
abstract contract Routes is PoolList {
  /// @dev A way over one listed pool, or over two with the base between them; without pools it is the filler's own stock.
  /// @param hops number of pools
  /// @param spot {u/o} UQ112 price of the next small amount, fees taken, rounded up: no amount gets more
  /// @param bound {o} the most that may be sent now
  struct Route {
    uint256 hops;
    uint256 spot;
    uint256 bound;
    Hop first;
    Hop second;
  }

  /// @param reserveIn {in}
  /// @param reserveOut {out}
  struct Hop {
    address pool;
    address tokenIn;
    address tokenOut;
    uint256 reserveIn;
    uint256 reserveOut;
    Use use;
  }

  /// @notice The asset in the middle of a route of two pools: USDC.
  address public immutable BASE;

  constructor(address base) {
    BASE = base;
  }

  /// @dev Reads a route and what its pools still bear; reverts unless every pool is listed for its pair. `route` is used by one trade
  /// after the other.
  function _readRoute(Route memory route, address o, address u, address[] calldata pools) internal view {
    uint256 hops = pools.length;
    (route.hops, route.bound) = (hops, type(uint256).max);
    if (hops == 0) return;
    if (hops > 2) revert BadRoute(hops);
    address middle = hops == 1 ? u : BASE;
    Hop memory first = route.first;
    _readHop(first, pools[0], o, middle);
    uint256 spot = UniswapV2.spotUp(first.reserveIn, first.reserveOut);
    if (hops == 1) {
      (route.spot, route.bound) = (spot, Impact.maxInOneHop(first.reserveIn, Impact.routeLimit(1, first.use.used)));
      return;
    }
    Hop memory second = route.second;
    _readHop(second, pools[1], middle, u);
    route.spot = FixedPoint.mulDivUp(spot, UniswapV2.spotUp(second.reserveIn, second.reserveOut), Q112);
    uint256 limit = Impact.routeLimit(2, first.use.used + second.use.used);
    route.bound = Impact.maxInTwoHops(first.reserveIn, first.reserveOut, second.reserveIn, limit);
  }

  /// @dev {tok} what each pool of the route gives for `given`
  function _outputs(Route memory route, uint256 given) internal pure returns (uint256 out, uint256 outSecond) {
    if (route.hops == 0) return (0, 0);
    out = Impact.amountOut(given, route.first.reserveIn, route.first.reserveOut);
    if (route.hops == 2) outSecond = Impact.amountOut(out, route.second.reserveIn, route.second.reserveOut);
  }

  /// @dev Adds a fill of `given` to the impact that the route's pools have had.
  function _addImpact(Route memory route, uint256 given, uint256 out) internal {
    if (route.hops == 0) return;
    _addUse(route.first.use, Impact.impactOf(given, route.first.reserveIn));
    if (route.hops == 2) _addUse(route.second.use, Impact.impactOf(out, route.second.reserveIn));
  }

  function _readHop(Hop memory hop, address pool, address tokenIn, address tokenOut) private view {
    (hop.pool, hop.tokenIn, hop.tokenOut) = (pool, tokenIn, tokenOut);
    _readUse(hop.use, pool, tokenIn, tokenOut);
    (hop.reserveIn, hop.reserveOut) = UniswapV2.reserves(pool, tokenIn, tokenOut);
  }
}
