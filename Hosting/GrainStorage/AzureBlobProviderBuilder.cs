#if !ORLEANS_AZURE_STORAGE
using DistGan.Hosting.GrainStorage;
using DistGan.Hosting.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Orleans.Providers;

[assembly: RegisterProvider(AzureGrainState.ProviderType, "GrainStorage", "Silo", typeof(AzureBlobProviderBuilder))]

namespace DistGan.Hosting.GrainStorage;

/// <summary>Reads <c>Orleans:GrainStorage:{name}</c> with the keys of the official package, under its name.</summary>
internal sealed class AzureBlobProviderBuilder : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection)
        => AzureGrainState.Add(
            builder,
            name ?? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            services => BlobAccount.Of(services, configurationSection),
            configurationSection["ContainerName"] is { Length: > 0 } container ? container : AzureBlobGrainStorage.DefaultContainer);
}
#endif
