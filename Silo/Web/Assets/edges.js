/** What replicas share, by the kind of the topology. */

const replay = 'shared replay';
const merge = 'merge';

/** More pairs than that would be a black cloud; neighbours stand for them. */
const mostOfAllPairs = 8;

/** What lies between replicas and is none. */
export function hubsOf(recipe, replicas) {
  return [
    recipe.topology.kind === 'averaging' && merge,
    Boolean(recipe.techniques?.['experience-replay']) && recipe.techniques['experience-replay'].mode !== 'pool' && replicas > 1 && replay,
  ].filter(Boolean);
}

/** [{ from, to, kind, isDirected }], by replica or name of a hub. */
export function edgesOf(recipe, standings, events) {
  const all = standings.map(one => one.replica);
  const shared = hubsOf(recipe, all.length).flatMap(name => all.map(replica => ({ from: name, to: replica, kind: name === merge ? 'merge' : 'replay' })));
  return [...shared, ...between(recipe.topology, all, events)];
}

function between(topology, all, events) {
  switch (topology.kind) {
    case 'gossip':
      return (all.length <= mostOfAllPairs ? all.flatMap((from, i) => all.slice(i + 1).map(to => [from, to])) : ring(all)).map(([from, to]) => ({ from, to, kind: 'gossip' }));
    case 'population':
      return [...taken(events)].filter(([to, from]) => all.includes(from) && all.includes(to)).map(([to, from]) => ({ from, to, kind: 'taken', isDirected: true }));
    case 'multi-discriminator': {
      const feedback = all.filter(replica => replica !== 0 && all.includes(0)).map(to => ({ from: 0, to, kind: 'feedback', isDirected: true }));
      const swaps = topology['swap-passes'] > 0 ? ring(all).map(([from, to]) => ({ from, to, kind: 'swap' })) : [];
      return [...feedback, ...swaps];
    }
    default:
      return [];
  }
}

/** Each and the next one, the last and the first too. */
const ring = all => all.length < 2 ? [] : all.length === 2 ? [[all[0], all[1]]] : all.map((from, i) => [from, all[(i + 1) % all.length]]);

/** By replica, the one whose weights it took last. */
function taken(events) {
  return new Map(events.filter(event => event.kind === 'exploited' && event.replica !== null).map(event => [event.replica, event.data.donor]));
}

/** The same in a sentence. */
export function kindSentence(recipe, replicas, events) {
  if (replicas < 2) return 'One replica, which shares with nobody.';
  const history = hubsOf(recipe, replicas).includes(replay) ? ' Each replays what all generators made.' : '';
  return {
    independent: history ? 'Replicas train apart.' : 'Replicas train apart and share nothing.',
    averaging: `Replicas merge their parameters after each round (${recipe.topology.merge}).`,
    gossip: 'After each round a replica moves towards another one, drawn anew each time: every pair may meet.',
    population: taken(events).size > 0 ? 'An arrow goes from a replica to the one that went on from its weights last.' : 'Replicas train apart with values of their own; none has taken the place of another one yet.',
    'multi-discriminator': `Replica 0 has the generator: it sends samples along the arrows and gets gradients back.${recipe.topology['swap-passes'] > 0 ? ' Dashed: discriminators change places, along a new random cycle each time.' : ''}`,
  }[recipe.topology.kind] + history;
}
