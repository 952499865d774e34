#if ORLEANS_AZURE_STORAGE
using DistGan.Hosting.GrainStorage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Own = DistGan.Hosting.GrainStorage.AzureBlobGrainStorage;

namespace DistGan.Hosting.Tests.GrainStorage;

/// <summary>In a build with <c>-p:AzureStorage=orleans</c>: the official package and this project's own storage read and write each other's blobs.</summary>
public sealed partial class AzureGrainStorageTests
{
    [Fact]
    public async Task State_WrittenByEitherPackage_IsReadAndGuardedByTheOther()
    {
        var own = new Own(Container, fixture.Host.Services.GetRequiredService<IActivatorProvider>());
        var first = State(1);
        await Storage.WriteStateAsync(StateName, Grain, first);

        var second = new GrainState<Counter>();
        await own.ReadStateAsync(StateName, Grain, second);
        Assert.Equal(1, second.State!.StepCount);
        Assert.Equal(first.ETag, second.ETag);
        second.State.StepCount = 2;
        await own.WriteStateAsync(StateName, Grain, second);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(StateName, Grain, first));
        Assert.Equal(2, (await ReadAsync(Grain)).State!.StepCount);
        await own.ClearStateAsync(StateName, Grain, second);
        Assert.False((await ReadAsync(Grain)).RecordExists);
    }

    [Fact]
    public void Storage_OfThisBuild_IsTheOfficialPackage()
        => Assert.Equal("Orleans.Persistence.AzureStorage", ((ContractGrainStorage)Storage).Inner.GetType().Assembly.GetName().Name);
}
#endif
