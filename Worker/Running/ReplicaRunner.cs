using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Worker.Links;
using DistGan.Worker.Replicas;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Running;

/// <summary>
/// The life of one replica under one epoch: the body of a training thread. It waits for the cluster only where nothing is
/// trained: before the first step, after the last one, and in a rollback.
/// </summary>
#pragma warning disable CA1001 // the thread that runs it disposes what it owns at its end
internal sealed class ReplicaRunner
#pragma warning restore CA1001
{
    private const int MaxRollbacks = 3;
    private const double RollbackRate = 0.5;
    private static readonly TimeSpan RestoreLimit = TimeSpan.FromSeconds(60);

    private readonly RunSettings _run;
    private readonly IReplicaFactory _factory;
    private readonly BudgetRule _budget;
    private readonly TaskCompletionSource<StartResult> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TrainingClock _clock;
    private readonly RunLinks _links;
    private readonly RunWriter _writer;
    private readonly RoundReports _reports;
    private readonly RunActivities _activities;
    private readonly RunUploads _uploads;
    private IReplicaSession? _session;
    private long _takenOnDemand;
    private volatile bool _interrupt;
    private volatile bool _supersede;
    private volatile bool _workerLeaves;
    private volatile bool _halt;
    private volatile bool _leaving;
    private int _rollbacks;
    private int _rollbacksHere;
    private bool _toldDivergence;

    public ReplicaRunner(RunSettings run, IReplicaFactory factory)
    {
        _run = run;
        _factory = factory;
        _budget = new BudgetRule(run.Recipe.Budget);
        _clock = new TrainingClock(run.Time);
        _links = new RunLinks(run);
        _writer = new RunWriter(run.Options.StoreDeadline, _links.Reports, run.Time);
        _reports = new RoundReports(_links.Reports, _clock, run.Replica, run.Assignment.Epoch, run.Recipe.Diagnosis);
        _activities = new RunActivities(run, _links, _writer, _reports, _clock);
        _uploads = new RunUploads(run, _links.Reports, () => WritesNothing);
    }

    /// <summary>Whether and where training started.</summary>
    public Task<StartResult> Started => _started.Task;

    /// <summary>Answers, where nothing has yet, that the data are still being opened; that it trains is told by an event then.</summary>
    public void AnswerOpening() => _started.TrySetResult(new StartResult { Started = true, Opening = true });

    /// <summary>Asks for the end after the current step, with a snapshot.</summary>
    public void Interrupt() => _interrupt = true;

    /// <summary>Asks for the end after the current step, with a snapshot, because the worker leaves: the replica may go on elsewhere.</summary>
    public void Leave()
    {
        _workerLeaves = true;
        _interrupt = true;
    }

    /// <summary>Says that a newer owner exists: stops after the current step and writes nothing.</summary>
    public void Supersede() => _supersede = true;

    /// <summary>Asks for the end after the current step, without a snapshot and without a word: somebody has ended the job for good.</summary>
    public void Halt() => _halt = true;

    /// <summary>Whether the end without a snapshot was asked for.</summary>
    public bool IsHalted => _halt;

    /// <summary>Whether training is over, or about to be, and the thread to end.</summary>
    public bool IsLeaving => _leaving || _halt;

    /// <summary>Trains until the end, tells the coordinator, and lets go of everything. Never throws.</summary>
    public void Run()
    {
        var (outcome, failure, unfitHost) = (ReplicaOutcome.Failed, (string?)null, (string?)null);
        try
        {
            (outcome, failure) = Live();
        }
        catch (MachineException exception)
        {
            (failure, unfitHost) = (FailureText.Of(exception, _run.Recipe.Data), Environment.MachineName);
        }
#pragma warning disable CA1031 // nothing may escape a thread
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = FailureText.Of(exception, _run.Assignment, _session?.Replica.Step);
        }

        var (step, images) = (_session?.Replica.Step ?? 0, _session?.Replica.Images ?? 0);
        CloseSession();
        _leaving = true;
        var farewell = new RunFarewell(_run, _links, _writer, _clock);
        farewell.Say(outcome, failure, unfitHost, WritesNothing, _workerLeaves, _started, step, images);
        if (_halt)
        {
            farewell.Merge();
        }

        Close();
    }

    /// <summary>Whether another owner has taken over: nothing more is written.</summary>
    public bool IsSuperseded => _supersede || _links.Reports.Directives.Superseded || _activities.Superseded;

    private bool WritesNothing => _halt || IsSuperseded;

    private IReplicaSession Session => _session ?? throw new InvalidOperationException("The replica is not open.");

    private (ReplicaOutcome Outcome, string? Failure) Live()
    {
        _activities.Clean();
        Open(_run.Assignment.Resume ? 0 : _run.Assignment.Epoch, comesBack: _run.Assignment.Joins);
        if (!_started.TrySetResult(new StartResult { Started = true, Step = Session.Replica.Step }))
        {
            LateStart.Tell(_links.Reports, _run, Session.Replica.Step);
        }

        while (true)
        {
            try
            {
                return Train();
            }
            catch (Exception exception) when (exception is not MachineException && (exception is not DivergedException || _run.Recipe.OnDivergence != "continue"))
            {
                var cause = FailureText.Of(exception, _run.Assignment, Session.Replica.Step);
                _links.Reports.Record(EventKinds.Diverged, cause, new Dictionary<string, double> { ["step"] = Session.Replica.Step });
                if (_run.Recipe.OnDivergence == "stop" || ++_rollbacksHere > MaxRollbacks)
                {
                    return (ReplicaOutcome.Failed, _run.Recipe.OnDivergence == "stop" ? cause : $"{cause.TrimEnd('.')}. It did so after {MaxRollbacks} rollbacks too.");
                }

                RollBack();
            }
        }
    }

    private (ReplicaOutcome Outcome, string? Failure) Train()
    {
        while (true)
        {
            var replica = Session.Replica;
            if (_writer.Failure is { } failure)
            {
                return (ReplicaOutcome.Failed, failure);
            }

            if (WritesNothing)
            {
                return (ReplicaOutcome.Interrupted, null);
            }

            if (replica.IsOver)
            {
                Guard(() => _activities.Snapshot(Session, _rollbacks));
                return (ReplicaOutcome.Completed, null);
            }

            if (IsDone())
            {
                return (ReplicaOutcome.Completed, null);
            }

            if (_interrupt || _links.Reports.Directives.Interrupt)
            {
                Guard(() => _activities.Snapshot(Session, _rollbacks));
                return (ReplicaOutcome.Interrupted, null);
            }

            TakeOnDemand();
            Advance(replica);
        }
    }

    /// <summary>A snapshot that somebody asked for, once a request.</summary>
    private void TakeOnDemand()
    {
        if (_links.Reports.Directives.Snapshot is var wanted && wanted > _takenOnDemand)
        {
            _takenOnDemand = wanted;
            Guard(() => _activities.Snapshot(Session, _rollbacks));
        }
    }

    /// <summary>A step and what is due after it; nothing where there was none to do.</summary>
    private void Advance(IReplica replica)
    {
        var before = replica.Step;
        replica.Advance();
        if (replica.Step == before)
        {
            return;
        }

        Guard(() =>
        {
            if (_reports.NonFinite is { } bad)
            {
                throw new DivergedException(bad);
            }
        });
        Guard(() => _activities.AfterStep(Session, IsDone(), _rollbacks));
    }

    /// <summary>Where divergence is to be lived with, it is told once and not thrown.</summary>
    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (DivergedException exception) when (_run.Recipe.OnDivergence == "continue")
        {
            if (!_toldDivergence)
            {
                _toldDivergence = true;
                _links.Reports.Record(EventKinds.Diverged, FailureText.Of(exception, _run.Assignment, Session.Replica.Step) + " Training goes on, as the recipe says; no snapshot is taken of such a state.");
            }
        }
    }

    /// <summary>Whether the budget is used up: that of the generator, where there is one for all.</summary>
    private bool IsDone() => _run.Recipe.Topology.TrainsGenerator(_run.Replica) && _budget.IsDone(Session.Replica.Step, Session.Replica.Images, _clock.Seconds / 60);

    private void RollBack()
    {
        _writer.Drain();
        _rollbacks++;
        CloseSession();
        Open(_run.Assignment.Resume ? 0 : _run.Assignment.Epoch, comesBack: true);
        _links.Reports.Record(
            EventKinds.RolledBack,
            $"Replica {_run.Replica} goes on from step {Session.Replica.Step} with {Math.Pow(RollbackRate, _rollbacks):0.###} of the learning rates.",
            new Dictionary<string, double> { ["step"] = Session.Replica.Step, ["rollbacks"] = _rollbacks });
    }

    /// <summary>
    /// Opens the replica at the newest good snapshot, or at step 0 where there is none: at random, or from the recipe's start
    /// weights. One that comes to a job under way takes the current merge; one that takes the place of another goes on from its weights.
    /// </summary>
    private void Open(long oldestEpoch, bool comesBack)
    {
        _uploads.FetchData();
        _session = _factory.Open(_run.Recipe, _run.Replica, _run.Assignment.Lease, _links.For(_reports));
        var snapshot = Load(oldestEpoch);
        var donor = LoadDonor(snapshot);
        if (donor is not null)
        {
            snapshot = Adopt(snapshot, donor);
        }
        else if (snapshot is not null)
        {
            Restore(snapshot);
        }
        else if (_run.Recipe.Start is { } start)
        {
            _uploads.PlaceStart(start);
            _session.Replica.StartFrom(StartLoader.LoadAsync(_run.Store, _run.Prefix, start, CancellationToken.None).GetAwaiter().GetResult());
        }

        RestoreLinks(snapshot);
        if (comesBack || (snapshot is null && _run.Assignment.Resume))
        {
            Join();
        }

        var scale = Math.Pow(RollbackRate, _rollbacks - (snapshot?.Rollbacks ?? 0));
        if (scale != 1)
        {
            _session.Replica.ScaleRates(scale);
        }

        _reports.StartAt(_session.Replica.Step, _session.Replica.Images, donor is null ? snapshot?.Diagnosis : null);
        if (donor is not null)
        {
            _activities.ContinueFromNone();
            _activities.Snapshot(_session, _rollbacks);
        }
    }

    /// <summary>
    /// The snapshot of another replica, where the assignment names one and no later snapshot of its own holds those weights. Its own serves where that is
    /// gone: what a changed recipe adds is then as at the start.
    /// </summary>
    private LoadedSnapshot? LoadDonor(LoadedSnapshot? own)
        => _run.Assignment.Donor is { } folder && (own is null || own.Source.Manifest.Epoch <= _run.Assignment.DonorSince)
            ? DonorLoader.LoadAsync(_run.Store, _run.Prefix, folder, Warn, CancellationToken.None).GetAwaiter().GetResult() ?? own
            : null;

    /// <summary>Goes on from another one's weights where this one stands. Its totals of parameters are the other's too, as its history is.</summary>
    private LoadedSnapshot? Adopt(LoadedSnapshot? own, LoadedSnapshot donor)
    {
        var fresh = Session.Replica.Capture();
        var state = Adoption.Of(fresh, own?.State ?? fresh, donor.State);
        if (own is null)
        {
            Session.Replica.Restore(state);
            return null;
        }

        var adopted = own with { State = state, Parameters = donor.Parameters, Outstanding = OutstandingParameters.Without(own.Outstanding) };
        Restore(adopted);
        return adopted;
    }

    private LoadedSnapshot? Load(long oldestEpoch)
    {
        var isDamaged = false;
        var found = SnapshotReader.FindNewestAsync(_run.Store, _run.Prefix, _run.Replica, Tell, CancellationToken.None, oldestEpoch).GetAwaiter().GetResult();
        if (found is null && isDamaged)
        {
            Warn($"Replica {_run.Replica} has no whole snapshot and begins at step 0.");
        }

        return found is null ? null : SnapshotReader.LoadAsync(_run.Store, found, CancellationToken.None).GetAwaiter().GetResult();

        void Tell(string damage)
        {
            isDamaged = true;
            Warn(damage);
        }
    }

    private void Restore(LoadedSnapshot snapshot)
    {
        var known = snapshot.Source.Manifest.DataFingerprint;
        if (known != Session.DataFingerprint)
        {
            throw new DistGanException(
                $"The data of replica {_run.Assignment.Replica} is not what its snapshot {snapshot.Source.Folder} was trained on (fingerprint {Session.DataFingerprint} instead of {known}): put the old data back, or start a new run.");
        }

        Session.Replica.Restore(snapshot.State);
        _rollbacks = Math.Max(_rollbacks, snapshot.Rollbacks);
        _clock.ContinueFrom(snapshot.Seconds);
        _activities.ContinueFrom(snapshot.State.Step);
    }

    private void RestoreLinks(LoadedSnapshot? snapshot)
    {
        try
        {
            _links.StartAsync(snapshot, ReplayItemSize.Of(_run.Recipe, Session.Replica.Shape)).WaitAsync(RestoreLimit, _run.Time).GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // grains that do not answer cost freshness; the links try again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Warn($"The shared grains do not answer yet ({exception.FirstLine()}); training starts without them.");
        }
    }

    private void Join()
    {
        var boundary = Session.Replica.Step / _run.Recipe.Topology.RoundSteps;
        using var current = _links.CurrentMergeAsync(boundary).GetAwaiter().GetResult();
        if (current is not null)
        {
            Session.Replica.Join(current);
        }
    }

    private void Warn(string message) => _links.Reports.Record(EventKinds.Warning, message);

    private void CloseSession()
    {
        _session?.Dispose();
        _session = null;
    }

    private void Close()
    {
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _links.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
