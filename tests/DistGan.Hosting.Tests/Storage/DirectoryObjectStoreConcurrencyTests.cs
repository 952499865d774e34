using System.Diagnostics;
using System.Globalization;
using System.Text;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.Storage;

namespace DistGan.Hosting.Tests.Storage;

public sealed class DirectoryObjectStoreConcurrencyTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PutIfTag_ManyStoresAndThreads_LosesNoUpdate()
    {
        const int contenders = 4, rounds = 25;

        await Task.WhenAll(Enumerable.Range(0, contenders).Select(_ => Task.Run(
            () => StoreContender.Count(new DirectoryObjectStore(_folder.Path), rounds), Cancellation)));

        await AssertCountedAsync(contenders * rounds);
    }

    [Fact]
    public async Task PutIfTag_ManyProcesses_LosesNoUpdate()
    {
        const int processes = 2, rounds = 40;
        var others = Enumerable.Range(0, processes).Select(_ => StoreContender.Start(_folder.Path, rounds)).ToList();
        StoreContender.Count(new DirectoryObjectStore(_folder.Path), rounds);
        foreach (var other in others)
        {
            await ExitAsync(other);
        }

        await AssertCountedAsync((processes + 1) * rounds);
    }

    [Fact]
    public async Task Append_LockHeldByAnotherProcess_WaitsUntilItIsLetGo()
    {
        var time = new TimerWatch();
        var store = new DirectoryObjectStore(_folder.Path, time);
        await store.AppendAsync("log", "1"u8.ToArray(), Cancellation);
        var lockFile = Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, ".store", "locks")));
        using var holder = Process.Start(new ProcessStartInfo("flock", ["-x", lockFile, "-c", "echo held; read line"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync(Cancellation));

        var append = store.AppendAsync("log", "2"u8.ToArray(), Cancellation);
        await time.FirstTimer.WaitAsync(Deadline, Cancellation);
        Assert.False(append.IsCompleted);
        await holder.StandardInput.WriteLineAsync("go");
        await ExitAsync(holder);
        await append.WaitAsync(Deadline, Cancellation);

        Assert.Equal("12", Encoding.UTF8.GetString((await store.GetAsync("log", Cancellation))!.Content.Span));
    }

    [Fact]
    public async Task Get_WhileReplaced_SeesOneOrTheOtherButNoPart()
    {
        var store = new DirectoryObjectStore(_folder.Path);
        var contents = new[] { new byte[100_000], new byte[150_000] };
        contents[1].AsSpan().Fill(1);
        await store.PutAsync("x", contents[0], PutCondition.None, Cancellation);
        var writer = Task.Run(async () =>
        {
            for (var i = 1; i <= 30; i++)
            {
                await store.PutAsync("x", contents[i % 2], PutCondition.None, Cancellation);
            }
        }, Cancellation);

        do
        {
            var read = (await store.GetAsync("x", Cancellation))!.Content;
            Assert.True(read.Span.SequenceEqual(contents[read.Span[0]]), $"A mixture of {read.Length} bytes was read.");
        }
        while (!writer.IsCompleted);

        await writer;
    }

    [Fact]
    public async Task Delete_BesideWritesIntoTheSameFolder_LosesNoWrite()
    {
        var store = new DirectoryObjectStore(_folder.Path);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(
            async () =>
            {
                for (var i = 0; i < 25; i++)
                {
                    var name = string.Create(CultureInfo.InvariantCulture, $"deep/er/{worker}");
                    Assert.NotNull(await store.PutAsync(name, "x"u8.ToArray(), PutCondition.None, Cancellation));
                    Assert.NotNull(await store.GetAsync(name, Cancellation));
                    Assert.True(await store.DeleteAsync(name, PutCondition.None, Cancellation));
                }
            },
            Cancellation)));

        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "deep")));
    }

    private static async Task ExitAsync(Process process)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
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

    private async Task AssertCountedAsync(int total)
    {
        var store = new DirectoryObjectStore(_folder.Path);
        var count = Encoding.UTF8.GetString((await store.GetAsync(StoreContender.Counter, Cancellation))!.Content.Span);
        var log = Encoding.UTF8.GetString((await store.GetAsync(StoreContender.Log, Cancellation))!.Content.Span);
        Assert.Equal(total, int.Parse(count, CultureInfo.InvariantCulture));
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(1, total), lines.Order());
    }

    private sealed class TimerWatch : TimeProvider
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task FirstTimer => _first.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _first.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
