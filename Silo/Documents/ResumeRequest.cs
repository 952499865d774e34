namespace DistGan.Silo.Documents;

/// <summary>How a job that has ended is to go on.</summary>
public sealed record ResumeRequest
{
    /// <summary>Changes of its recipe, KEY=VALUE each: budget, evaluation, samples, snapshots and the number of replicas may change.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];
}
