namespace DistGan.Bench.Steps;

/// <summary>What differs between the replicas of this measurement.</summary>
internal sealed record BenchSetting(long Seed, string Precision, int RoundSteps);
