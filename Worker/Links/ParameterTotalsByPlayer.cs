using DistGan.Grains.Interfaces.Parameters;
using DistGan.Training;

namespace DistGan.Worker.Links;

/// <summary>What the parameter grains of a lineage hold: the shards of each player, in order.</summary>
internal sealed record ParameterTotalsByPlayer(IReadOnlyDictionary<Player, IReadOnlyList<ParameterTotals>> Shards);
