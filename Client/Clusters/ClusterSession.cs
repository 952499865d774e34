using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces.Jobs;
using Orleans.Runtime;

namespace DistGan.Client.Clusters;

/// <summary>Work of one command on a cluster, with the exit codes of the console.</summary>
public static class ClusterSession
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(2);

    /// <summary>Connects, works, and lets go; says on standard error that it connects where that takes long.</summary>
    /// <exception cref="CommandException">The cluster does not answer (3), or there is no such job (4).</exception>
    public static async Task<int> RunAsync(CommandConsole console, ClusterAddress address, Func<IJobControl, Task<int>> work)
    {
        await using var connection = await OpenAsync(console, address);
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

    private static async Task<ClusterConnection> OpenAsync(CommandConsole console, ClusterAddress address)
    {
        var opening = ClusterConnection.OpenAsync(address, ConnectWithin);
        if (await Task.WhenAny(opening, Task.Delay(QuietFor, console.Time)) != opening)
        {
            console.Error.WriteLine($"connecting to {address}, for {ConnectWithin.TotalSeconds:0} seconds at most");
        }

        return await opening;
    }
}
