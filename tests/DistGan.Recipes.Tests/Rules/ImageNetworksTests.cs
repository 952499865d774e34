namespace DistGan.Recipes.Tests.Rules;

public sealed class ImageNetworksTests
{
    [Theory]
    [InlineData(28, 4, 2)]
    [InlineData(32, 4, 3)]
    [InlineData(64, 4, 4)]
    [InlineData(128, 4, 5)]
    [InlineData(32, 2, 4)]
    [InlineData(28, 2, 2)]
    [InlineData(9, 2, 0)]
    public void Doublings_OfASize_CountsEvenHalvings(int size, int smallest, int expected)
        => Assert.Equal(expected, ImageNetworks.Doublings(size, smallest));

    [Theory]
    [InlineData("autoencoder", 8, true)]
    [InlineData("autoencoder", 48, true)]
    [InlineData("autoencoder", 4, false)]
    [InlineData("autoencoder", 30, false)]
    [InlineData("dcgan", 30, true)]
    [InlineData("infogan", 28, false)]
    [InlineData("mlp", 28, false)]
    public void HasDoublings_OfASize_FollowsTheNetwork(string network, int size, bool expected)
        => Assert.Equal(expected, ImageNetworks.HasDoublings(network, size));

    [Theory]
    [InlineData("autoencoder", 77, true)]
    [InlineData("mlp", 77, true)]
    [InlineData("dcgan", 128, true)]
    [InlineData("dcgan", 48, false)]
    [InlineData("residual", 28, true)]
    [InlineData("residual", 16, false)]
    [InlineData("infogan", 48, true)]
    [InlineData("infogan", 50, false)]
    public void Makes_SizeOfANetwork_FollowsItsRule(string network, int size, bool expected)
        => Assert.Equal(expected, ImageNetworks.Makes(network, size));
}
