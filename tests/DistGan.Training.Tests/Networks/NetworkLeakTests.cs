using DistGan.Training.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Networks;

[Collection(ExclusiveCollection.Name)]
public sealed class NetworkLeakTests
{
    [Theory]
    [MemberData(nameof(NetworkContractTests.Cases), MemberType = typeof(NetworkContractTests))]
    public void BuildForwardBackwardDispose_OfEveryFamily_LeavesNoTensor(string family, int channels, int size, Player player)
    {
        Run(family, channels, size, player);
        TensorCount.Settle();
        var before = Tensor.TotalCount;

        Run(family, channels, size, player);

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static void Run(string family, int channels, int size, Player player)
    {
        using var made = new NetworkContractTests.Made(family, channels, size, player);
        using var scope = NewDisposeScope();
        made.Forward(Statistics.BatchAndUpdate).sum().backward();
    }
}
