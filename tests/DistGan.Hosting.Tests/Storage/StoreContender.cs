using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage;

namespace DistGan.Hosting.Tests.Storage;

/// <summary>Counts up in one object with put-if-match; this assembly does nothing else in a process that is started to be a contender.</summary>
internal static class StoreContender
{
    public const string Counter = "contest/counter.txt";
    public const string Log = "contest/log.txt";
    private const string FolderVariable = "DISTGAN_TEST_CONTENDER";
    private const string RoundsVariable = "DISTGAN_TEST_ROUNDS";

    public static Process Start(string folder, int rounds)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(StoreContender).Assembly.Location])
        {
            Environment = { [FolderVariable] = folder, [RoundsVariable] = rounds.ToString(CultureInfo.InvariantCulture) },
        };
        return Process.Start(start)!;
    }

    public static void Count(IObjectStore store, int rounds)
    {
        for (var round = 0; round < rounds;)
        {
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
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
        {
            return;
        }

        var rounds = int.Parse(Environment.GetEnvironmentVariable(RoundsVariable)!, CultureInfo.InvariantCulture);
        Count(new DirectoryObjectStore(folder), rounds);
        Environment.Exit(0);
    }
}
