using DistGan.Hosting.Tests.Servers;

namespace DistGan.Hosting.Tests.GrainStorage;

/// <summary>Grain state in the account of an object store that is Azure, without a word about grain state in the configuration.</summary>
public sealed class AzureStateFixture(AzuriteFixture azurite) : StateFixture
{
    internal override IReadOnlyDictionary<string, string?> Configuration
        => new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DistGan:ObjectStore:ProviderType"] = "AzureBlobStorage",
            ["DistGan:ObjectStore:ConnectionName"] = "blobs",
            ["ConnectionStrings:blobs"] = azurite.Server.ConnectionString,
        };
}
