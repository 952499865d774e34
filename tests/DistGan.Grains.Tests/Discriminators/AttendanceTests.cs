using CsCheck;
using DistGan.Grains.Discriminators;

namespace DistGan.Grains.Tests.Discriminators;

public sealed class AttendanceTests
{
    [Fact]
    public void IsComplete_AtFirst_WaitsForAllOthers()
    {
        var attendance = new Attendance(3);
        Assert.False(attendance.IsComplete(0));
        attendance.Answer(2);
        Assert.False(attendance.IsComplete(0));
        attendance.Answer(1);

        Assert.True(attendance.IsComplete(0));
        Assert.Equal([1, 2], attendance.Answered);
        Assert.True(new Attendance(1).IsComplete(0));
    }

    [Fact]
    public void IsComplete_AQuorumIsThere_WaitsForNobodyElse()
    {
        var attendance = new Attendance(4);
        Assert.False(attendance.IsComplete(2));

        attendance.Answer(3);

        Assert.True(attendance.IsComplete(2));
        Assert.False(attendance.IsComplete(3));
    }

    [Fact]
    public void Close_OneThatIsGone_CostsOneDeadline()
    {
        var attendance = new Attendance(3);
        attendance.Answer(1);
        attendance.Close();

        for (var version = 0; version < 5; version++)
        {
            attendance.Take(1);
            attendance.Answer(1);
            Assert.True(attendance.IsComplete(0));
            attendance.Close();
        }
    }

    [Fact]
    public void Take_OneThatIsAlwaysLate_IsWaitedForEverMoreRarely()
    {
        var attendance = new Attendance(2);
        var waited = new List<int>();
        for (var version = 1; version <= 70; version++)
        {
            attendance.Take(1);
            if (!attendance.IsComplete(0))
            {
                waited.Add(version);
            }

            attendance.Close();
        }

        // It is left out in the next 0, 1, 3, 7, 15, 31 versions.
        Assert.Equal([1, 2, 4, 8, 16, 32, 64], waited);
    }

    [Fact]
    public void Take_OneThatWasLateAndIsInTimeAgain_IsWaitedForAgain()
    {
        var attendance = new Attendance(2);
        for (var version = 0; version < 10; version++)
        {
            attendance.Take(1);
            attendance.Close();
        }

        attendance.Take(1);
        Assert.True(attendance.IsComplete(0));
        attendance.Answer(1);
        attendance.Close();

        Assert.False(attendance.IsComplete(0));
    }

    [Fact]
    public void Take_ANewReplica_IsWaitedForAtOnce()
    {
        var attendance = new Attendance(1);
        attendance.Take(5);

        Assert.False(attendance.IsComplete(0));
        attendance.Excuse(5);
        Assert.True(attendance.IsComplete(0));
    }

    [Fact]
    public void Close_AnyHistory_WhoAnswersIsExpectedAndWhoNeverTakesIsNot()
        => Gen.Int[0, 5].Array[0, 6].Array[1, 40].Sample(versions =>
        {
            var attendance = new Attendance(6);
            foreach (var answers in versions)
            {
                foreach (var replica in answers.Where(static replica => replica > 0))
                {
                    attendance.Answer(replica);
                }

                var answered = attendance.Answered.ToArray();
                attendance.Close();
                Assert.Equal(answered.Length == 0, attendance.IsComplete(0));
                Assert.True(attendance.IsComplete(1));
                Assert.Empty(attendance.Answered);
            }
        });
}
