using DistGan.Hosting.GrainStorage;
using Microsoft.Extensions.Configuration;
using Orleans.Providers;

[assembly: RegisterProvider(RedisGrainState.ProviderType, "GrainStorage", "Client", typeof(ClientIgnoresGrainState))]
[assembly: RegisterProvider(AzureGrainState.ProviderType, "GrainStorage", "Client", typeof(ClientIgnoresGrainState))]

namespace DistGan.Hosting.GrainStorage;

/// <summary>
/// Lets silos and clients share one configuration: a client of Orleans reads <c>Orleans:GrainStorage</c> too, and refuses what has no
/// provider for clients.
/// </summary>
internal sealed class ClientIgnoresGrainState : IProviderBuilder<IClientBuilder>
{
    public void Configure(IClientBuilder builder, string? name, IConfigurationSection configurationSection)
    {
        // Clients keep no grain state.
    }
}
