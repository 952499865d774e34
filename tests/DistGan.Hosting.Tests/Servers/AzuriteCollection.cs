namespace DistGan.Hosting.Tests.Servers;

/// <summary>Tests that talk to Azurite.</summary>
[CollectionDefinition(nameof(AzuriteCollection))]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>;
