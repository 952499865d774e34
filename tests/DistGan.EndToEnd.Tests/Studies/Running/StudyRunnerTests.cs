using DistGan.Client.Studies.Planning;
using DistGan.Client.Studies.Running;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Studies.Running;

public sealed class StudyRunnerTests
{
    [Fact]
    public async Task Run_OneThatFails_IsNotedAndTheOthersGoOn()
    {
        using var temp = new TempFolder();
        var training = new FakeTraining((run, _) => run == "base-s1" ? (1, "warning: low\nthe loss is not finite\ndetails are in log") : Complete(temp, run));

        await RunAsync(temp, training, Plan);

        var folder = new StudyFolder(temp.Path);
        Assert.Equal(["base-s1", "other-s1", "base-s2", "other-s2"], training.Runs);
        Assert.Equal(StudyRunState.Failed, folder.StateOf("base-s1"));
        Assert.Equal("the loss is not finite", folder.FailureOf("base-s1"));
        Assert.All(training.Runs.Skip(1), run => Assert.Equal(StudyRunState.Completed, folder.StateOf(run)));
    }

    [Fact]
    public async Task Run_Again_RepeatsNothingAndGoesOnFromSnapshots()
    {
        using var temp = new TempFolder();
        Complete(temp, "base-s1");
        temp.Write("failures/other-s1.txt", "no memory\n");
        temp.Write("runs/base-s2/recipe.yaml", "name: base-s2");
        temp.Write("runs/base-s2/snapshots/r0/step-00000010-e1/manifest.json", "{}");
        temp.Write("runs/other-s2/recipe.yaml", "name: other-s2");
        var training = new FakeTraining((run, _) => Complete(temp, run));

        await RunAsync(temp, training, Plan);

        Assert.Equal(["base-s2", "other-s2"], training.Runs);
        Assert.Contains("--resume", training.Arguments[0]);
        Assert.Contains("--run-dir", training.Arguments[1]);
        Assert.Contains("seed=2", training.Arguments[1]);
        Assert.False(File.Exists(temp["runs/other-s2/recipe.yaml"]), "What was left of a run without a snapshot is still there.");
    }

    [Fact]
    public async Task Run_ThatIsInterrupted_EndsTheStudyAndStaysPending()
    {
        using var temp = new TempFolder();
        var training = new FakeTraining((run, _) => run == "other-s1" ? (130, "") : Complete(temp, run));

        await RunAsync(temp, training, Plan);

        Assert.Equal(["base-s1", "other-s1"], training.Runs);
        Assert.Equal(StudyRunState.Pending, new StudyFolder(temp.Path).StateOf("other-s1"));
    }

    [Theory]
    [InlineData(1, StudyRunState.Completed)]
    [InlineData(2, StudyRunState.Failed)]
    public async Task Run_ThatIsRefused_IsTriedOnceMore(int refusals, StudyRunState expected)
    {
        using var temp = new TempFolder();
        var training = new FakeTraining((run, before) => run == "base-s1" && before < refusals ? (5, "Another process trains here.") : Complete(temp, run));

        await RunAsync(temp, training, Plan);

        Assert.Equal(["base-s1", "base-s1", "other-s1", "base-s2", "other-s2"], training.Runs);
        Assert.Equal(expected, new StudyFolder(temp.Path).StateOf("base-s1"));
    }

    [Fact]
    public async Task Run_WithoutAWord_SaysTheExitCode()
    {
        using var temp = new TempFolder();

        await RunAsync(temp, new FakeTraining((_, _) => (137, "")), Plan);

        Assert.Contains("exit code 137", new StudyFolder(temp.Path).FailureOf("base-s1")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_AfterARun_CountsByWhatItTook()
    {
        using var temp = new TempFolder();
        var writer = new StringWriter();
        var time = new SteppedTime();
        var progress = new StudyProgress(writer, new StudyFolder(temp.Path), Plan, time);
        var runs = Plan.Order();

        progress.Begin(runs[0], resumes: false);
        progress.Tick(); // before its process has made the folder
        time.Advance(TimeSpan.FromSeconds(20)); // ten times the estimate of 2 s
        progress.End(runs[0], "is done");
        progress.Begin(runs[1], resumes: true);

        Assert.Equal(
            ["run 1 of 4: base-s1, 0:08 left", "run 1 of 4: step 0, 0:08 left", "run 1 of 4: base-s1 is done in 0:20", "run 2 of 4: other-s1 goes on, 1:00 left"],
            writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private static StudyPlan Plan => Plans.Of("base", Plans.Configuration("base", 1, 2), Plans.Configuration("other", 1, 2));

    [Fact]
    public async Task Run_ThatIsDoneOrFails_IsTold_AndOneThatIsInterruptedIsNot()
    {
        using var temp = new TempFolder();
        var training = new FakeTraining((run, _) => run switch { "base-s1" => (1, "no memory"), "base-s2" => (130, ""), _ => Complete(temp, run) });
        var told = new List<string>();

        await RunAsync(temp, training, Plan, () => told.Add(training.Runs[^1]));

        Assert.Equal(["base-s1", "other-s1"], told);
    }

    private static async Task RunAsync(TempFolder temp, FakeTraining training, StudyPlan plan, Action? onEnd = null)
    {
        var folder = new StudyFolder(temp.Path);
        using var stop = new CancellationTokenSource();
        await new StudyRunner(folder, training, new StudyProgress(TextWriter.Null, folder, plan, TimeProvider.System), TimeProvider.System, onEnd ?? (static () => { })).RunAsync(plan, stop);
    }

    private static (int ExitCode, string Error) Complete(TempFolder temp, string run)
    {
        temp.Write($"runs/{run}/summary.json", """{"state":"completed"}""");
        return (0, "");
    }

    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }

    private sealed class FakeTraining(Func<string, int, (int ExitCode, string Error)> train) : IStudyTraining
    {
        public List<string> Runs { get; } = [];

        public List<IReadOnlyList<string>> Arguments { get; } = [];

        public Task<(int ExitCode, string Error)> RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
        {
            var path = arguments[arguments.ToList().FindIndex(static word => word is "--run-dir" or "--resume") + 1];
            Runs.Add(Path.GetFileName(path));
            Arguments.Add(arguments);
            return Task.FromResult(train(Runs[^1], Runs.Count - 1));
        }

        public void KillAll()
        {
        }
    }
}
