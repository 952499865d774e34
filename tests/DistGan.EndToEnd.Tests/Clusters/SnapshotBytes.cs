namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>The newest snapshots of two runs.</summary>
internal static class SnapshotBytes
{
    private static readonly string[] Files = ["generator.safetensors", "discriminator.safetensors", "ema.safetensors", "optimizer.safetensors"];

    /// <summary>The same step, and the same bytes of every vector.</summary>
    public static void AssertSame(string one, string other)
    {
        var (first, second) = (Newest(one), Newest(other));
        Assert.Equal(StepOf(first), StepOf(second));
        Assert.All(Files, name => Assert.True(
            File.ReadAllBytes(Path.Combine(first, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(second, name))), $"{name} of {first} is not that of {second}."));
    }

    private static string Newest(string run) => Directory.GetDirectories(Path.Combine(run, "snapshots/r0")).Order(StringComparer.Ordinal).Last();

    // step-00000060-e1
    private static string StepOf(string snapshot) => Path.GetFileName(snapshot)[..13];
}
