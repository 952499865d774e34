using System.Net.Sockets;
using DistGan.Recipes;
using Orleans.Runtime;

namespace DistGan.Hosting.Processes;

/// <summary>Why a host does not start, as a person reads it.</summary>
internal static class StartFailure
{
    // How Orleans begins to tell of a ProviderType that it does not know.
    private const string NoProvider = "Could not find ";

    /// <summary>One sentence; null where nobody has foreseen it and the details are needed.</summary>
    public static string? Sentence(Exception exception)
    {
        if (exception is OperationCanceledException)
        {
            return "it was told to stop before it had joined the cluster.";
        }

        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case DistGanException or OrleansConfigurationException:
                    return inner.Message;
                case InvalidOperationException when inner.Message.StartsWith(NoProvider, StringComparison.Ordinal):
                    return $"Orleans has no such provider: {inner.Message}";
                case SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }:
                    return "another process has one of its ports: choose others with Orleans:Endpoints:SiloPort (0 takes a free one), Orleans:Endpoints:GatewayPort, DistGan:Health:Port and DistGan:Web:Port.";
            }
        }

        return exception is AggregateException several && several.InnerExceptions.Count == 1 ? Sentence(several.InnerExceptions[0]) : null;
    }
}
