namespace DistGan.Client.Clusters;

/// <summary>From what a job is made.</summary>
/// <param name="File">A recipe file, or null.</param>
/// <param name="Preset">A preset, or null.</param>
/// <param name="Overrides">Assignments to keys of the recipe.</param>
/// <param name="From">A run folder or a safetensors file with weights to begin with; null for random ones.</param>
/// <param name="Replica">Which replica of that run; null is the best.</param>
public sealed record SubmitSource(string? File, string? Preset, IReadOnlyList<string> Overrides, string? From, int? Replica);
