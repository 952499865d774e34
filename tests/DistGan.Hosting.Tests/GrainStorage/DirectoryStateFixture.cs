namespace DistGan.Hosting.Tests.GrainStorage;

/// <summary>Grain state in an object store that is a directory.</summary>
public sealed class DirectoryStateFixture : StateFixture
{
    private readonly TemporaryFolder _folder = new();

    internal string Folder => _folder.Path;

    internal override IReadOnlyDictionary<string, string?> Configuration
        => new Dictionary<string, string?>(StringComparer.Ordinal) { ["DistGan:ObjectStore:Path"] = _folder.Path };

    private protected override void CleanUp() => _folder.Dispose();
}
