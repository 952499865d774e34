using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
#if ORLEANS_AZURE_STORAGE
using Microsoft.Extensions.Options;
using Orleans.Configuration;
#endif

namespace DistGan.Hosting.GrainStorage;

/// <summary>Who keeps grain state in Azure blobs: this project, or the official package in a build with <c>-p:AzureStorage=orleans</c>.</summary>
internal static class AzureGrainState
{
    public const string ProviderType = "AzureBlobStorage";

    public static void Add(ISiloBuilder builder, string name, Func<IServiceProvider, BlobServiceClient> account, string container)
    {
#if ORLEANS_AZURE_STORAGE
        builder.AddAzureBlobGrainStorage(name, (OptionsBuilder<AzureBlobStorageOptions> options) => options.Configure<IServiceProvider>((azure, services) =>
        {
            azure.BlobServiceClient = account(services);
            azure.ContainerName = container;
        }));
#else
        builder.Services.AddGrainStorage(name, (services, _) => new AzureBlobGrainStorage(
            account(services).GetBlobContainerClient(container), services.GetRequiredService<IActivatorProvider>()));
#endif
    }

    /// <summary>Pins the format of a state that the official package writes.</summary>
    public static void Pin(IServiceCollection services, string name)
    {
#if ORLEANS_AZURE_STORAGE
        services.PostConfigure<AzureBlobStorageOptions>(name, static azure => azure.GrainStorageSerializer = new StateSerializer());
#endif
    }
}
