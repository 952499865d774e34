using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Azure.Storage.Blobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage;
using DistGan.Hosting.Storage.Blobs;

namespace DistGan.Hosting.Tests.Storage;

/// <summary>Counts up in one object with put-if-match; this assembly does nothing else in a process that is started to be a contender.</summary>
internal static class StoreContender
{
    public const string Counter = "contest/counter.txt";
    public const string Log = "contest/log.txt";
    private const string PlaceVariable = "DISTGAN_TEST_CONTENDER";
    private const string RoundsVariable = "DISTGAN_TEST_ROUNDS";

    private const int MostTries = 5000;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    /// <param name="place">A directory, or what <see cref="InContainer"/> made.</param>
    public static Process Start(string place, int rounds)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(StoreContender).Assembly.Location])
        {
            Environment = { [PlaceVariable] = place, [RoundsVariable] = rounds.ToString(CultureInfo.InvariantCulture) },
        };
        return Process.Start(start)!;
    }

    public static string InContainer(string connection, string container) => $"{connection}\n{container}";

    public static async Task ExitAsync(Process process)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The other process did not end within {Deadline}.");
        }

        Assert.Equal(0, process.ExitCode);
        process.Dispose();
    }

    public static async Task AssertCountedAsync(IObjectStore store, int total)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var count = Encoding.UTF8.GetString((await store.GetAsync(Counter, cancellation))!.Content.Span);
        var log = Encoding.UTF8.GetString((await store.GetAsync(Log, cancellation))!.Content.Span);
        Assert.Equal(total, int.Parse(count, CultureInfo.InvariantCulture));
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(1, total), lines.Order());
    }

    public static void Count(IObjectStore store, int rounds)
    {
        for (int round = 0, tries = 1; round < rounds; tries++)
        {
            if (tries > MostTries)
            {
                throw new InvalidOperationException($"{round} of {rounds} writes got through in {MostTries} tries.");
            }

            var stored = store.GetAsync(Counter, CancellationToken.None).GetAwaiter().GetResult();
            var value = stored is null ? 0 : int.Parse(Encoding.UTF8.GetString(stored.Content.Span), CultureInfo.InvariantCulture);
            var condition = stored is null ? PutCondition.IfAbsent : PutCondition.IfTag(stored.Tag);
            var next = (value + 1).ToString(CultureInfo.InvariantCulture);
            if (store.PutAsync(Counter, Encoding.UTF8.GetBytes(next), condition, CancellationToken.None).GetAwaiter().GetResult() is not null)
            {
                store.AppendAsync(Log, Encoding.UTF8.GetBytes(next + "\n"), CancellationToken.None).GetAwaiter().GetResult();
                round++;
            }
        }
    }

    // Everything stays on this thread: another one that enters this module waits for the end of its initializer.
    [ModuleInitializer]
    internal static void RunWhereStartedAsOne()
    {
        if (Environment.GetEnvironmentVariable(PlaceVariable) is not { } place)
        {
            return;
        }

        var rounds = int.Parse(Environment.GetEnvironmentVariable(RoundsVariable)!, CultureInfo.InvariantCulture);
        var parts = place.Split('\n');
        Count(parts.Length == 1 ? new DirectoryObjectStore(place) : new AzureBlobObjectStore(new BlobContainerClient(parts[0], parts[1])), rounds);
        Environment.Exit(0);
    }
}
