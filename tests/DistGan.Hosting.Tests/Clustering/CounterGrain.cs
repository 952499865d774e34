using DistGan.Hosting.GrainStorage;
using DistGan.Recipes;
using Orleans.Runtime;

namespace DistGan.Hosting.Tests.Clustering;

internal sealed class CounterGrain(
    [PersistentState("counter", ObjectStoreGrainStorage.ProviderName)] IPersistentState<CounterGrain.Total> total) : Grain, ICounterGrain
{
    public async Task<int> AddAsync()
    {
        total.State.Value++;
        await total.WriteStateAsync();
        return total.State.Value;
    }

    public Task<int> ProcessAsync() => Task.FromResult(Environment.ProcessId);

    public Task FailAsync() => throw new DistGanException("No more numbers.");

    internal sealed class Total
    {
        public int Value { get; set; }
    }
}
