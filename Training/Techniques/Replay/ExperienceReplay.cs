using DistGan.Recipes;
using DistGan.Training.Conditions;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Steps;

namespace DistGan.Training.Techniques.Replay;

/// <summary>
/// Shows D images of earlier generators, drawn from the job's history, beside (mode parallel) or instead of a share of (mode half;
/// Shrivastava et al. 2017, section 2.3) the fresh ones. Replayed and fresh images go through D in passes of their own, so that
/// batch statistics never mix generators; the fake term is the mean over all of them. Images keep the labels that they were made with.
/// </summary>
public sealed class ExperienceReplay(ExperienceReplayRecipe recipe) : Technique
{
    private TechniqueContext? _context;
    private ReplayItems? _items;
    private ReplayPlan? _plan;
    private ReplayOutbox? _outbox;
    private ReplayDraws? _draws;
    private long _cursor;
    private double _ageTotal;
    private long _aged;
    private long _fromOthers;

    public override string Name => "experience-replay";

    private TechniqueContext Context => _context ?? throw new InvalidOperationException("The technique is not attached.");

    public override void Attach(TechniqueContext context)
    {
        _context = context;
        _plan = ReplayPlan.For(context.Recipe, recipe, context.Shape, context.DiscriminatorUpdates);
        _items = new ReplayItems(context.Recipe, context.Shape, context.Latents.Layout.Categories);
        _outbox = new ReplayOutbox(_items, _plan);
    }

    public override IReadOnlyList<FakeGroup> Show(IReadOnlyList<FakeGroup> fakes, long step, int update)
    {
        var shown = Beside(fakes[0], Next(step));
        _outbox!.Add(new(shown[0].Samples, shown[0].Codes), step, (step - 1) * Context.DiscriminatorUpdates + update);
        return shown;
    }

    /// <summary>The batches that D will see next, unless a boundary comes first.</summary>
    public override IReadOnlyList<FakeGroup> ShowAhead(IReadOnlyList<FakeGroup> fakes, long step, int update, int ahead)
        => Beside(fakes[0], _draws is { } draws && Has(draws, _cursor + ahead) ? Decoded(draws, _cursor + ahead) : null);

    public override void AtBoundary(long boundary, long step)
    {
        if (boundary > 1 && Context.Links.Replay.Take(boundary - 1) is { } draws)
        {
            _draws?.Dispose();
            _draws = draws;
            _cursor = 0;
        }

        var request = new ReplayRequest(
            _plan!.Draws,
            _plan.ImagesPerDraw,
            Context.Discriminator.Network.Definition.CouplesSamples,
            Context.Seeds.For("replay", boundary));
        Context.Links.Replay.Exchange(_outbox!.Offer(boundary, request));
    }

    public override void Report(IDictionary<string, double> values, long step)
    {
        values[MetricNames.ReplayStalenessSteps] = step - (_draws?.Boundary ?? 0) * Context.Recipe.Topology.RoundSteps;
        values[MetricNames.ReplayFill] = _draws?.Fill ?? 0;
        values[MetricNames.ReplaySamplesPerInsert] = _draws?.SamplesPerInsert ?? 0;
        if (_draws?.ShardsMissed is { } missed)
        {
            values[MetricNames.ReplayShardsMissed] = missed;
        }

        if (_aged > 0)
        {
            values[MetricNames.ReplayAgeSteps] = _ageTotal / _aged;
            if (Context.Recipe.Topology.Replicas > 1 || _fromOthers > 0)
            {
                // A job that was scaled up has others that the recipe of this replica does not know of.
                values[MetricNames.ReplayOthersShare] = _fromOthers / (double)_aged;
            }

            (_ageTotal, _aged, _fromOthers) = (0, 0, 0);
        }
    }

    public override void Capture(StateBuilder state) => ReplayState.Capture(state, _outbox!, _draws, new ReplayCounters(_cursor, _ageTotal, _aged, _fromOthers));

    public override void Restore(StateView state)
    {
        _draws?.Dispose();
        (_draws, (_cursor, _ageTotal, _aged, _fromOthers)) = ReplayState.Restore(state, _outbox!);
    }

    protected override void Dispose(bool disposing)
    {
        _draws?.Dispose();
        _outbox?.Dispose();

        base.Dispose(disposing);
    }

    /// <summary>The next batch of the round's draws on the device, or null while there is no history.</summary>
    private SampleBatch? Next(long step)
    {
        if (_draws is not { } draws || !Has(draws, _cursor))
        {
            return null;
        }

        var ordinal = _cursor++;
        var count = draws.ImagesPerDraw;
        var index = (int)(ordinal % draws.Draws);
        for (var i = index * count; i < (index + 1) * count; i++)
        {
            _ageTotal += step - draws.Steps[i];
            _fromOthers += draws.Replicas[i] == Context.Seeds.Replica ? 0 : 1;
        }

        _aged += count;
        return Decoded(draws, ordinal);
    }

    /// <summary>Whether there is a batch to show: draws repeat when there are more updates, except under a limit of samples per insert.</summary>
    private bool Has(ReplayDraws draws, long ordinal) => draws.Draws > 0 && (recipe.SamplesPerInsert is null || ordinal < draws.Draws);

    private IReadOnlyList<FakeGroup> Beside(FakeGroup fresh, SampleBatch? replayed)
    {
        if (replayed is not { } batch)
        {
            return [fresh];
        }

        if (recipe.Mode == "half")
        {
            var count = Math.Max(1, fresh.Samples.shape[0] - batch.Samples.shape[0]);
            fresh = fresh with { Samples = fresh.Samples.narrow(0, 0, count), Codes = fresh.Codes?.narrow(0, 0, count) };
        }

        return [fresh, new(batch.Samples.to_type(fresh.Samples.dtype), IsReplayed: true) { Codes = batch.Codes }];
    }

    /// <summary>One batch of the draws; they repeat when there are more updates.</summary>
    private SampleBatch Decoded(ReplayDraws draws, long ordinal)
    {
        var (index, count) = ((int)(ordinal % draws.Draws), draws.ImagesPerDraw);
        var size = count * _items!.ItemBytes;
        return _items.Decode(draws.Images.Span.Slice(index * size, size), count, Context.Device);
    }
}
