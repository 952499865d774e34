using System.Diagnostics;
using System.Globalization;
using DistGan.Grains.Interfaces.Telemetry;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;
using DistGan.Worker.Links;
using DistGan.Worker.Replicas;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Running;

/// <summary>What happens between two steps: pictures, scores and snapshots. Computed on the training thread, written beside it.</summary>
internal sealed class RunActivities(RunSettings run, RunLinks links, RunWriter writer, RoundReports reports, TrainingClock clock)
{
    private readonly SnapshotWriter _snapshots = new(
        run.Store, run.Owner, token => links.Coordinator.OwnsAsync(run.Assignment.Replica, run.Assignment.Epoch, token), links.Reports, links.Reports.Telemetry, run.Time);

    private readonly RunChampions _champions = new(run, links, writer, clock);

    /// <summary>Who trains no generator has none to draw from and to score.</summary>
    private readonly bool _showsGenerator = run.Recipe.Topology.TrainsGenerator(run.Replica);

    private long _committedStep = -1;
    private volatile bool _superseded;

    /// <summary>Whether a commit found that a newer owner exists.</summary>
    public bool Superseded => _superseded;

    /// <summary>The step of the snapshot that training goes on from, which needs none again.</summary>
    public void ContinueFrom(long step) => _committedStep = step;

    /// <summary>What is trained from here on is in no snapshot yet, whatever its step.</summary>
    public void ContinueFromNone() => _committedStep = -1;

    /// <summary>Removes what an earlier owner left half-written.</summary>
    public void Clean() => writer.Write("clean-up of unfinished snapshots", _snapshots.CleanAsync);

    /// <summary>Does what is due after a step.</summary>
    /// <exception cref="DivergedException">A snapshot is due and the state is not finite.</exception>
    public void AfterStep(IReplicaSession session, bool isLast, int rollbacks)
    {
        var step = session.Replica.Step;
        SnapshotScore? score = null;
        if (_showsGenerator && new EveryRule(run.Recipe.Samples.EverySteps).IsDue(step, isLast))
        {
            Draw(session);
        }

        if (_showsGenerator && run.Recipe.Evaluation is { } evaluation && new EveryRule(evaluation.EverySteps).IsDue(step, isLast))
        {
            score = Evaluate(session);
            _champions.Challenge(session);
        }

        if (new EveryRule(run.Recipe.Snapshots.EverySteps).IsDue(step, isLast))
        {
            Snapshot(session, rollbacks, score);
        }
    }

    /// <summary>Takes a snapshot unless this step has one.</summary>
    /// <exception cref="DivergedException">The state is not finite.</exception>
    public void Snapshot(IReplicaSession session, int rollbacks, SnapshotScore? score = null)
    {
        var replica = session.Replica;
        if (_committedStep == replica.Step)
        {
            return;
        }

        var state = clock.Besides(replica.Capture);
        if (FiniteCheck.FirstNonFinite(state) is { } bad)
        {
            throw new DivergedException(bad);
        }

        var draft = new SnapshotDraft(state, clock.Seconds, rollbacks, session.DataFingerprint, session.Shape, session.Labels, score, reports.Seen, links.Capture());
        _committedStep = replica.Step;
        writer.Write(Text($"snapshot of step {replica.Step}"), token => CommitAsync(draft, token));
    }

    private void Draw(IReplicaSession session)
    {
        var step = session.Replica.Step;
        var encode = clock.Besides(session.Draw);
        var file = RunFiles.Samples(run.Replica, step);
        writer.Write(Text($"picture of step {step}"), async token =>
        {
            using var png = new MemoryStream(encode());
            await run.Store.PutAsync(run.Prefix + file, png, token);
            links.Reports.Record(EventKinds.Samples, Text($"Samples of step {step}."), new Dictionary<string, double> { ["step"] = step }, file);
        });
    }

    private SnapshotScore? Evaluate(IReplicaSession session)
    {
        var (step, images) = (session.Replica.Step, session.Replica.Images);
        var evaluation = clock.Besides(session.Evaluate);
        reports.ReportScores(step, images, evaluation.Scores);
        var line = EvaluationLine.Write(run.Replica, run.Assignment.Epoch, step, images, run.Time.GetUtcNow(), evaluation);
        writer.Write(Text($"evaluation of step {step}"), token => run.Store.AppendAsync(run.Prefix + RunFiles.Evaluation, line, token));
        var scores = string.Join(", ", evaluation.Scores.Select(score => Text($"{score.Key} {score.Value:0.###}")));
        var data = new Dictionary<string, double>(evaluation.Scores) { ["step"] = step };
        links.Reports.Record(EventKinds.Evaluated, Text($"Step {step}: {scores}."), data, RunFiles.Evaluation);
        return evaluation.First;
    }

    private async Task CommitAsync(SnapshotDraft draft, CancellationToken cancellationToken)
    {
        using var span = Instruments.Source.StartActivity("snapshot", ActivityKind.Internal, run.Trace);
        span?.SetTag(Instruments.Job, run.Assignment.Replica.Job.Value).SetTag(Instruments.Replica, run.Replica).SetTag("step", draft.State.Step);
        if (await _snapshots.CommitAsync(draft, cancellationToken) == CommitResult.Superseded)
        {
            _superseded = true;
            return;
        }

        var step = draft.State.Step;
        var data = new Dictionary<string, double> { ["step"] = step, ["images"] = draft.State.Images, ["seconds"] = draft.Seconds };
        links.Reports.Record(EventKinds.Snapshot, Text($"Snapshot of step {step}."), data, RunFiles.Snapshot(run.Replica, step, run.Assignment.Epoch));
        if (await SnapshotRetention.ApplyAsync(run.Store, run.Owner, run.Recipe.Snapshots.Keep, cancellationToken) is { } damage)
        {
            links.Reports.Record(EventKinds.Warning, Text($"The snapshot of step {step} does not read back ({damage}); older ones are kept."), data);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
