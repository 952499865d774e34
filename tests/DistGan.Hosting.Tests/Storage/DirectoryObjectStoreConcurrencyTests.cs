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
        await StoreContender.ExitAsync(holder);
        await append.WaitAsync(Deadline, Cancellation);

        Assert.Equal("12", Encoding.UTF8.GetString((await store.GetAsync("log", Cancellation))!.Content.Span));
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
