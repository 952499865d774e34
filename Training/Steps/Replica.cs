using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Conditions;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps.Balance;
using DistGan.Training.Techniques;
using DistGan.Training.Techniques.Merging;
using TorchSharp;

namespace DistGan.Training.Steps;

/// <summary>A generator/discriminator pair with its data, its links and its place in the job.</summary>
public sealed class Replica : IReplica
{
    private readonly TechniqueContext _context;
    private readonly IReadOnlyList<Technique> _techniques;
    private readonly DataFeed _feed;
    private readonly RoundMeter _meter;
    private readonly StepBalance _balance;
    private readonly GanStep _step;
    private readonly LearningRates _rates;
    private readonly Func<SampleBatch> _nextReal;

    internal Replica(TechniqueContext context, IReadOnlyList<Technique> techniques, DataFeed feed, RoundMeter meter, StepBalance balance, GanStep step)
    {
        _context = context;
        _techniques = techniques;
        _feed = feed;
        _meter = meter;
        _balance = balance;
        _step = step;
        _rates = new LearningRates(context.Recipe, context.Generator, context.Discriminator);
        _rates.SetFor(1);
        _nextReal = NextReal;
    }

    public long Step { get; private set; }

    public long Images { get; private set; }

    public SampleShape Shape => _context.Shape;

    public DataLabels? Labels { get; internal init; }

    public LatentLayout Layout => _context.Latents.Layout;

    /// <summary>The generator, for those who use the library without a cluster.</summary>
    public PlayerModel Generator => _context.Generator;

    /// <summary>The discriminator.</summary>
    public PlayerModel Discriminator => _context.Discriminator;

    public bool IsOver => _step.IsOver;

    public void Advance()
    {
        if (!_step.Prepare())
        {
            return;
        }

        Step++;
        _rates.Balance = _balance.Rates;
        _rates.SetFor(Step);
        _step.Run(Step, _nextReal);
        if (Step % _context.Recipe.Topology.RoundSteps == 0)
        {
            CloseRound(Step / _context.Recipe.Topology.RoundSteps);
        }
    }

    public ReplicaState Capture()
    {
        using var scope = torch.NewDisposeScope();
        var state = new StateBuilder();
        foreach (var model in Models)
        {
            var name = NameOf(model);
            state.Add(name, model.Network.Parameters.ToArrays(model.Parameters.Values));
            state.Add(name, model.Network.Buffers.ToArrays(model.Buffers.Values));
            state.Add("optimizer", model.Optimizer.State.SelectMany(pair => model.Network.Parameters.ToArrays(pair.Value, $"{name}.{pair.Key}.")));
            state.Counters[$"{name}_updates"] = model.Optimizer.Updates;
        }

        state.Counters["rate_scale"] = _rates.Scale;
        state.Counters["feed_position"] = _feed.Position;

        state.Counters["meter"] = _meter.ToJson();
        _balance.Capture(state);
        _step.Objective.Capture(state);
        foreach (var technique in _techniques)
        {
            technique.Capture(state);
        }

        return state.Build(Step, Images);
    }

    public void Restore(ReplicaState state)
    {
        using var scope = torch.NewDisposeScope();
        var view = new StateView(state);
        foreach (var model in Models)
        {
            var name = NameOf(model);
            model.Network.Parameters.FromArrays(view.File(name), model.Parameters.Values);
            model.Network.Buffers.FromArrays(view.File(name), model.Buffers.Values);
            model.Parameters.Refresh();
            foreach (var (key, vector) in model.Optimizer.State)
            {
                model.Network.Parameters.FromArrays(view.File("optimizer"), vector, $"{name}.{key}.");
            }

            model.Optimizer.Updates = view.Counter($"{name}_updates").GetValue<long>();
        }

        _feed.Seek(view.Counter("feed_position").GetValue<long>());
        _meter.FromJson(view.Counter("meter").AsArray());
        _balance.Restore(view);
        _step.Objective.Restore(view);
        foreach (var technique in _techniques)
        {
            technique.Restore(view);
        }

        Step = state.Step;
        Images = state.Images;
        _rates.Scale = view.Counter("rate_scale").GetValue<double>();
        _rates.Balance = _balance.Rates;
        _rates.SetFor(Step + 1);
    }

    public void StartFrom(StartWeights weights)
    {
        if (Step > 0)
        {
            throw new InvalidOperationException($"A replica takes start weights at step 0, not at step {Step}.");
        }

        Load(_context.Generator, weights.Generator);
        if (weights.Discriminator is { } discriminator)
        {
            Load(_context.Discriminator, discriminator);
        }

        foreach (var technique in _techniques)
        {
            technique.Start(weights);
        }
    }

    public void Join(MergedParameters current)
    {
        foreach (var merging in _techniques.OfType<ReplicaMerging>())
        {
            merging.Join(current);
        }
    }

    public void ScaleRates(double factor)
    {
        _rates.Scale *= factor;
        _rates.SetFor(Step + 1);
    }

    public torch.Tensor Sample(string purpose, int count)
    {
        using var shown = Shown();
        return shown.Sample(purpose, count);
    }

    public torch.Tensor Sample(string purpose, IReadOnlyList<LatentChoice> choices)
    {
        using var shown = Shown();
        using var latents = _context.Latents.Draw(choices, purpose);
        return shown.Generate(latents);
    }

    public IReadOnlyList<int>? LabelsOf(string purpose, int count)
    {
        if (Labels is null)
        {
            return null;
        }

        using var latents = _context.Latents.Draw(count, purpose);
        return LatentCodes.LabelsOf(latents, Layout);
    }

    public void Dispose()
    {
        foreach (var technique in _techniques)
        {
            technique.Dispose();
        }

        (_step.Objective as IDisposable)?.Dispose();
        _feed.Dispose();
        _meter.Dispose();
        _balance.Dispose();
        _context.Generator.Dispose();
        _context.Discriminator.Dispose();
        _context.Latents.Dispose();
    }

    /// <summary>The players that this replica trains.</summary>
    private IEnumerable<PlayerModel> Models
        => _context.Recipe.Topology.TrainsGenerator(_context.Seeds.Replica) ? [_context.Generator, _context.Discriminator] : [_context.Discriminator];

    private static void Load(PlayerModel model, IReadOnlyList<NamedArray> arrays)
    {
        model.Network.Parameters.FromArrays(arrays, model.Parameters.Values);
        model.Network.Buffers.FromArrays(arrays, model.Buffers.Values);
        model.Parameters.Refresh();
    }

    private static string NameOf(PlayerModel model) => model.Player.ToString().ToLowerInvariant();

    private ShownGenerator Shown()
    {
        var average = _techniques.OfType<IGeneratorAverage>().FirstOrDefault();
        return new ShownGenerator(_context.Generator.Network, average?.Average ?? _context.Generator.Parameters.Values, _context.Generator.Buffers.Values, _context.Latents);
    }

    private SampleBatch NextReal()
    {
        var real = SampleCodec.Decode(_feed.Next(), _context.Shape, _context.Recipe.Batch, _context.Device);
        Images += _context.Recipe.Batch;
        return new(real, Labels is null ? null : LabelCodec.OneHot(_feed.Labels, Labels.Classes, _context.Device));
    }

    private void CloseRound(long boundary)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var technique in _techniques)
        {
            technique.AtBoundary(boundary, Step);
        }

        var values = _meter.Drain();
        _balance.Report(values);
        _rates.Report(values);
        foreach (var technique in _techniques)
        {
            technique.Report(values, Step);
        }

        _context.Links.Reports.Report(new RoundReport(Step, Images, values));
    }
}
