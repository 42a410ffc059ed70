// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FixedPoint, Q112} from "../math/FixedPoint.sol";
import {PoolList} from "./PoolList.sol";
import {Impact} from "./rules/Impact.sol";
import {UniswapV2} from "./venues/UniswapV2.sol";

/// @dev A way over one listed pool, or over two with the base between them.
/// @param hops number of pools; 0 is the filler's own stock
/// @param spot {u/o} UQ112 price of the next small amount, fees taken, rounded up: no amount gets more
/// @param bound {o} the most that may be sent now
struct Route {
  uint256 hops;
  address middle;
  UniswapV2.Hop first;
  UniswapV2.Hop second;
  uint256 spot;
  uint256 bound;
}

/// @title Routes: how much the listed pools bear, and what they bring (docs/rules.md 6)
abstract contract Routes is PoolList {
  /// @notice The asset in the middle of a route of two pools: USDC.
  address public immutable BASE;

  constructor(address base) {
    BASE = base;
  }

  /// @dev Reads a route and what its pools still bear; reverts unless every pool is listed for its pair.
  function _routeOf(address o, address u, address[] calldata pools) internal view returns (Route memory route) {
    route.hops = pools.length;
    if (route.hops == 0) return route;
    if (route.hops > 2) revert BadRoute(route.hops);
    route.middle = route.hops == 1 ? u : BASE;
    uint256 used = _used(_listed(pools[0], o, route.middle));
    route.first = UniswapV2.hop(pools[0], o, route.middle);
    route.spot = UniswapV2.spotUp(route.first);
    if (route.hops == 1) {
      route.bound = Impact.maxInOneHop(route.first.reserveIn, Impact.routeLimit(1, used));
      return route;
    }
    used += _used(_listed(pools[1], route.middle, u));
    route.second = UniswapV2.hop(pools[1], route.middle, u);
    route.spot = FixedPoint.mulDivUp(route.spot, UniswapV2.spotUp(route.second), Q112);
    route.bound = Impact.maxInTwoHops(
      route.first.reserveIn, route.first.reserveOut, route.second.reserveIn, Impact.routeLimit(2, used)
    );
  }

  /// @dev {tok} what each pool of the route gives for `given`
  function _outputs(Route memory route, uint256 given) internal pure returns (uint256 out, uint256 outSecond) {
    if (route.hops == 0) return (0, 0);
    out = Impact.amountOut(given, route.first.reserveIn, route.first.reserveOut);
    if (route.hops == 2) outSecond = Impact.amountOut(out, route.second.reserveIn, route.second.reserveOut);
  }

  /// @dev Adds a fill of `given` to the impact that the route's pools have had.
  function _useRoute(address o, address u, Route memory route, uint256 given, uint256 out) internal {
    if (route.hops == 0) return;
    _use(_listed(route.first.pool, o, route.middle), Impact.impactOf(given, route.first.reserveIn));
    if (route.hops == 2) {
      _use(_listed(route.second.pool, route.middle, u), Impact.impactOf(out, route.second.reserveIn));
    }
  }
}
