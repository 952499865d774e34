namespace DistGan.Client.Studies.Planning;

/// <summary>What a study leaves out.</summary>
/// <param name="Name">Of the configuration.</param>
/// <param name="Reason">Why it cannot be trained, in words.</param>
public sealed record SkippedConfiguration(string Name, string Reason);
