using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Conditions;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;

namespace DistGan.Training.Techniques.Discriminators;

/// <summary>
/// One generator, in replica 0, and a discriminator in each replica (MD-GAN, Hardy, Le Merrer and Sericola 2019). For each update of G
/// replica 0 makes k batches X⁽⁰⁾ … X⁽ᵏ⁻¹⁾; discriminator n learns from batch n + 1 mod k, and of batch j = n mod k gives back
/// F_n = ∂L_G/∂x. With A the discriminators that answered in time, replica 0 among them,
/// Δθ_G = (1/|A|)·Σ_{n∈A} F_nᵀ·∂X⁽ʲ⁾/∂θ_G, the gradient of (L_G + Σ_{n∈A, n≠0} ⟨F_n, X⁽ʲ⁾⟩)/|A| with F_n held fixed. After some passes
/// through their data discriminators move on (<see cref="SwapPermutation"/>).
/// </summary>
/// <remarks>
/// Replica 0 plays the plain game with its own discriminator, to the bit where nobody else answers: its D learns from fresh batches of its own, the last
/// of which is X⁽⁰⁾. <see cref="GanStep"/> asks this class for what comes from others; it changes no parameter but in a swap.
/// </remarks>
/// <param name="swapEvery">Versions of G between two swaps; 0 for none.</param>
internal sealed class ManyDiscriminators(long swapEvery) : Technique
{
    private const string Counter = "many-discriminators";
    private TechniqueContext? _context;
    private BatchNumbers? _numbers;
    private DiscriminatorTask? _task;
    private long _members;
    private long _versions;
    private long _late;
    private long _swaps;

    public override string Name => TopologyRecipe.MultiDiscriminator;

    /// <summary>Whether this replica has the generator.</summary>
    public bool HasGenerator => Context.Recipe.Topology.TrainsGenerator(Replica);

    /// <summary>Whether no work will come any more, because the generator's replica has ended.</summary>
    public bool IsOver => !HasGenerator && _task is null && Exchange.IsOver;

    private TechniqueContext Context => _context ?? throw new InvalidOperationException("The replica is not attached.");

    private int Replica => Context.Seeds.Replica;

    private BatchNumbers Numbers => _numbers ??= new(Context.Shape.Batch(Context.Recipe.Batch), Context.Latents.Layout.Code, Context.Device);

    private IDiscriminatorExchange Exchange => Context.Links.Discriminators
        ?? throw new DistGanException("Topology multi-discriminator needs a place where the generator meets the discriminators; this caller gives none: take topology.kind independent.");

    public override void Attach(TechniqueContext context) => _context = context;

    /// <summary>Whether there is a step to do: without the generator, only when a version of it has come.</summary>
    public bool Prepare() => HasGenerator || (_task ??= Exchange.Next()) is not null;

    /// <summary>Sends the k batches of a step to the others, and swaps where it is time.</summary>
    public void Send(long step, IReadOnlyList<SampleBatch> batches)
    {
        var order = swapEvery > 0 && step % swapEvery == 0 && Exchange.Members is { Count: > 1 } members ? new SwapOrder(step / swapEvery, members) : null;
        Exchange.Send(new GeneratorVersion(step, [.. batches.Select(Numbers.Encode)], order));
        Swap(order);
    }

    /// <summary>The loss whose gradient is Δθ_G: L_G of the own discriminator, and what the others answer to the batches.</summary>
    public torch.Tensor Join(torch.Tensor loss, IReadOnlyList<SampleBatch> batches)
    {
        var heard = Exchange.Hear();
        var members = 1 + (heard?.Members ?? 0);
        (_members, _versions, _late) = (_members + members, _versions + 1, _late + (heard?.Late ?? 0));
        if (heard is null || members == 1)
        {
            return loss;
        }

        foreach (var (batch, sum) in heard.Sums.OrderBy(static pair => pair.Key))
        {
            loss = loss.Plus((batches[batch].Samples * Numbers.DecodeGradient(sum)).sum());
        }

        return loss / Of(members);
    }

    /// <summary>The batches of the version that was prepared, to be judged and to learn from; after the swap, where it asks for one.</summary>
    public (SampleBatch Judge, SampleBatch Learn) Open()
    {
        var task = _task ?? throw new InvalidOperationException("There is no version of the generator to work on.");
        _task = null;
        Swap(task.Swap);
        return (Numbers.Decode(task.Judge), Numbers.Decode(task.Learn));
    }

    /// <summary>Answers with F_n = ∂L_G/∂x [N, …].</summary>
    public void Answer(torch.Tensor gradient) => Exchange.Answer(Numbers.EncodeGradient(gradient));

    public override void Report(IDictionary<string, double> values, long step)
    {
        if (HasGenerator && _versions > 0)
        {
            values[MetricNames.FeedbackMembers] = _members / (double)_versions;
            values[MetricNames.FeedbackLate] = _late;
        }

        if (swapEvery > 0)
        {
            values[MetricNames.DiscriminatorSwaps] = _swaps;
        }

        (_members, _versions, _late) = (0, 0, 0);
    }

    public override void Capture(StateBuilder state) => state.Counters[Counter] = new JsonArray(_members, _versions, _late, _swaps);

    public override void Restore(StateView state)
    {
        var counters = state.Counter(Counter).AsArray();
        _members = counters[0]!.GetValue<long>();
        _versions = counters[1]!.GetValue<long>();
        _late = counters[2]!.GetValue<long>();
        _swaps = counters[3]!.GetValue<long>();
    }

    private void Swap(SwapOrder? order)
    {
        var place = order?.Members.ToList().IndexOf(Replica) ?? -1;
        if (order is null || place < 0)
        {
            return;
        }

        var target = order.Members[SwapPermutation.Of(Context.Recipe.Seed, order.Number, order.Members.Count)[place]];
        // One that has diverged is worse than the own one, and is not handed on.
        if (Exchange.Swap(order, target, DiscriminatorMoving.Pack(Context.Discriminator)) is { } moved && DiscriminatorMoving.IsFinite(moved))
        {
            DiscriminatorMoving.Unpack(Context.Discriminator, moved);
            _swaps++;
        }
    }
}
