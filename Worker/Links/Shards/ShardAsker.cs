namespace DistGan.Worker.Links.Shards;

/// <summary>Who draws from shards.</summary>
/// <param name="Replica">The replica.</param>
/// <param name="OthersWeight">How often an image of another replica is drawn for each own one.</param>
/// <param name="Start">The number of the start of the job: what an earlier one has left in a shard is not drawn.</param>
internal sealed record ShardAsker(int Replica, double OthersWeight, long Start);
