using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;
using Orleans.Runtime;

namespace DistGan.Client.Clusters;

/// <summary>Calls to a cluster that are made again while it does not answer: a silo may restart, a network may be cut.</summary>
/// <param name="time">The clock.</param>
/// <param name="tell">Hears once that the cluster is silent, and once that it is back.</param>
public sealed class LastingCalls(TimeProvider time, Action<string> tell)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Twice as long as the longest answer takes.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);

    private bool _isLost;

    /// <summary>Calls until there is an answer.</summary>
    /// <exception cref="OrleansException">The cluster has not answered for two minutes.</exception>
    /// <exception cref="TimeoutException">Likewise.</exception>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var silence = new Silence(time);
        while (true)
        {
            try
            {
                var answer = await call(cancellationToken).WaitAsync(AnswerWithin, time, cancellationToken);
                Tell(isLost: false, "the cluster answers again");
                return answer;
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                silence.Unanswered();
                if (silence.IsTooLong)
                {
                    throw;
                }

                Tell(isLost: true, $"the cluster does not answer ({exception.FirstLine().TrimEnd('.')}): trying again for {Silence.Patience.TotalMinutes:0} minutes");
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    private void Tell(bool isLost, string message)
    {
        if (_isLost != isLost)
        {
            _isLost = isLost;
            tell(message);
        }
    }
}
