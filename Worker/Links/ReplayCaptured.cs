using DistGan.Training.Snapshots;

namespace DistGan.Worker.Links;

/// <summary>What a snapshot keeps of a replay link.</summary>
/// <param name="Outstanding">Answers that were asked for and not taken.</param>
/// <param name="Content">What the grain stored when it had done everything asked before; null where it did not answer.</param>
internal sealed record ReplayCaptured(IReadOnlyList<NamedArray> Outstanding, IReplayContent? Content);
