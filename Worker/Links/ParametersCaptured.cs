using DistGan.Training.Snapshots;

namespace DistGan.Worker.Links;

/// <summary>What a snapshot keeps of a parameter link.</summary>
/// <param name="Outstanding">Averages that were asked for and not taken.</param>
/// <param name="Totals">What the grains held when they had done everything asked before; null where one did not answer.</param>
internal sealed record ParametersCaptured(IReadOnlyList<NamedArray> Outstanding, ParameterTotalsByPlayer? Totals);
