namespace DistGan.Bench.Jobs;

/// <summary>A folder that is gone after use.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("distgan-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
