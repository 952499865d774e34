namespace DistGan.Hosting.Health;

/// <summary>Something that a process needs before it is of use to others.</summary>
public interface IReadiness
{
    /// <summary>Why it is not ready, as a sentence; null where it is.</summary>
    string? WhyNot { get; }
}
