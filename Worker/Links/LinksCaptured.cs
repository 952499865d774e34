namespace DistGan.Worker.Links;

/// <summary>What a snapshot keeps of all links of a replica.</summary>
/// <param name="Replay">The replay link as of this step.</param>
/// <param name="Parameters">The parameter link as of this step.</param>
/// <param name="Merges">The merge as it stands; null where this replica does not keep it.</param>
internal sealed record LinksCaptured(Task<ReplayCaptured> Replay, Task<ParametersCaptured> Parameters, Task<MergeStates?> Merges);
