namespace DistGan.Hosting.Tests.Servers;

/// <summary>Tests that talk to Redis.</summary>
[CollectionDefinition(nameof(RedisCollection))]
public sealed class RedisCollection : ICollectionFixture<RedisFixture>;
