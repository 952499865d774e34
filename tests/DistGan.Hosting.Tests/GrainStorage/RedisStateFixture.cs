using DistGan.Hosting.Tests.Servers;

namespace DistGan.Hosting.Tests.GrainStorage;

/// <summary>Grain state in Redis, objects in a directory.</summary>
public sealed class RedisStateFixture(RedisFixture redis) : StateFixture
{
    private readonly TemporaryFolder _folder = new();

    internal override IReadOnlyDictionary<string, string?> Configuration
        => new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DistGan:ObjectStore:Path"] = _folder.Path,
            ["Orleans:GrainStorage:objects:ProviderType"] = "Redis",
            ["Orleans:GrainStorage:objects:ConnectionString"] = redis.Server.ConnectionString,
        };

    private protected override void CleanUp() => _folder.Dispose();
}
