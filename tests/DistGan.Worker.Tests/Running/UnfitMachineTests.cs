using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Worker.Replicas;
using DistGan.Worker.Running;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Running;

/// <summary>What a replica says where its machine cannot train it.</summary>
public sealed class UnfitMachineTests
{
    private readonly MemoryStore _store = new();
    private readonly FakeGrains _grains = new();

    [Fact]
    public async Task Run_PathOfTheRecipeIsNotHere_NamesTheHostAndWhoHasToSeeThePath()
    {
        var started = await RunAsync(Missing(), RunHarness.Recipe with { Data = new DataRecipe { Name = null, Folder = "/photos", Shared = true } });

        Assert.Equal(
            (false, Environment.MachineName, "There is no folder /photos. With data.shared=true every worker has to see that path; without it, submit uploads the files."),
            (started.Started, started.UnfitHost, started.Refusal));
    }

    [Fact]
    public async Task Run_PathOfARecipeThatIsNotShared_SaysNothingOfOtherWorkers()
        => Assert.Equal("There is no folder /photos.", (await RunAsync(Missing(), RunHarness.Recipe)).Refusal);

    [Fact]
    public async Task Run_FailureOfTheRecipe_BlamesNoMachine()
    {
        var started = await RunAsync(new FakeFactory(static _ => throw new DistGanException("The widths do not fit.")), RunHarness.Recipe);

        Assert.Equal((null, "Replica 0 cannot start: The widths do not fit."), (started.UnfitHost, started.Refusal));
    }

    [Fact]
    public async Task Run_RollsBackAndTheDataAreGone_EndsForAReasonOfTheMachine()
    {
        var opened = 0;
        var factory = new FakeFactory(replica =>
        {
            if (opened++ > 0)
            {
                throw new MachineException("There is no folder /photos.");
            }

            replica.AfterStep = static done => _ = done.Step == 17 ? throw new InvalidOperationException("the device is gone") : done;
        });

        Assert.True((await RunAsync(factory, RunHarness.Recipe)).Started);
        var end = await _grains.Coordinator.End.Task;

        Assert.Equal((ReplicaOutcome.Failed, "There is no folder /photos.", Environment.MachineName), (end.Outcome, end.Failure, end.UnfitHost));
    }

    [Fact]
    public void Open_DeviceThatIsNotThere_BlamesTheMachine() => Assert.Throws<MachineException>(static () => TorchDevice.Open("cuda:99"));

    private static FakeFactory Missing() => new(static _ => throw new MachineException("There is no folder /photos.") { IsOfPath = true });

    private Task<StartResult> RunAsync(FakeFactory factory, Recipe recipe) => new RunHarness(recipe, _store, _grains).RunAsync(factory);
}
