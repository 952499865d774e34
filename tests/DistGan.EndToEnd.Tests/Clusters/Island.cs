using System.Diagnostics;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>A network of its own, joined to that of this machine by one cable that can be cut.</summary>
internal sealed class Island : IDisposable
{
    private static int _count;

    private readonly Process _keeper;
    private readonly string _shoreEnd;
    private readonly string _islandEnd;

    private Island(Process keeper, int number)
    {
        _keeper = keeper;
        (_shoreEnd, _islandEnd) = ($"dgs{Environment.ProcessId % 100000}n{number}", $"dgi{Environment.ProcessId % 100000}n{number}");
        var net = Environment.ProcessId % 200;
        (Shore, Address, Lighthouse) = ($"10.{200 + number}.{net}.1", $"10.{200 + number}.{net}.2", $"10.{200 + number}.{net}.3");
    }

    /// <summary>The address of this machine on the cable.</summary>
    public string Shore { get; }

    /// <summary>Another address of this machine on the cable, for what the island may lose for longer.</summary>
    public string Lighthouse { get; }

    /// <summary>The address of the island.</summary>
    public string Address { get; }

    /// <summary>What a command is started through to be on the island.</summary>
    public IReadOnlyList<string> Entrance => ["nsenter", "-t", $"{_keeper.Id}", "-n"];

    /// <summary>Needs the right to make networks (root).</summary>
    public static Island Create()
    {
        // It says a word once it has a network of its own.
        var start = new ProcessStartInfo("unshare", ["-n", "sh", "-c", "echo there; exec sleep infinity"]) { RedirectStandardOutput = true, UseShellExecute = false };
        var keeper = Process.Start(start)!;
        Assert.Equal("there", keeper.StandardOutput.ReadLine());
        var island = new Island(keeper, Interlocked.Increment(ref _count));
        try
        {
            Run("ip", "link", "add", island._shoreEnd, "type", "veth", "peer", "name", island._islandEnd, "netns", $"{keeper.Id}");
            Run("ip", "addr", "add", $"{island.Shore}/24", "dev", island._shoreEnd);
            Run("ip", "addr", "add", $"{island.Lighthouse}/24", "dev", island._shoreEnd);
            Run("ip", "link", "set", island._shoreEnd, "up");
            island.RunThere("ip", "addr", "add", $"{island.Address}/24", "dev", island._islandEnd);
            island.RunThere("ip", "link", "set", "lo", "up");
            island.Mend();
            return island;
        }
        catch
        {
            island.Dispose();
            throw;
        }
    }

    public void Cut() => RunThere("ip", "link", "set", _islandEnd, "down");

    public void Mend() => RunThere("ip", "link", "set", _islandEnd, "up");

    /// <summary>From now on nothing reaches the lighthouse, whatever becomes of the cable.</summary>
    public void LoseLighthouse() => RunThere("ip", "route", "add", "blackhole", $"{Lighthouse}/32");

    /// <summary>The cable goes with the island.</summary>
    public void Dispose()
    {
        _keeper.Kill();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }

    private void RunThere(params string[] command) => Run([.. Entrance, .. command]);

    private static void Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)}: {error}");
    }
}
