using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces.Jobs;
using Orleans.Runtime;

namespace DistGan.Client.Clusters;

/// <summary>Work of one command on a cluster, with the exit codes of the console.</summary>
public static class ClusterSession
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(60);

    /// <summary>Connects, works, and lets go.</summary>
    /// <exception cref="CommandException">The cluster does not answer (3), or there is no such job (4).</exception>
    public static async Task<int> RunAsync(ClusterAddress address, Func<IJobControl, Task<int>> work)
    {
        await using var connection = await ClusterConnection.OpenAsync(address, ConnectWithin);
        try
        {
            return await work(connection.Jobs);
        }
        catch (UnknownJobException exception)
        {
            throw new CommandException(ExitCodes.NotFound, exception.Message, exception);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            throw ClusterConnection.Unreachable(address, "it does not answer any more", exception);
        }
    }
}
