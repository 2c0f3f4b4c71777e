using EarlyWarning.ServiceDefaults.Transcoding;

namespace EarlyWarning.ServiceDefaults.Tests.Transcoding;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("2024-03-01T00:00:00+0\0:30")]
    [InlineData("2024-03-01T00:00:00+01:3\0")]
    [InlineData("2024-03-01T00:00:0\0Z")]
    [InlineData("2024-03-01T00:00:00Z\0")]
    public void ReadMoment_NulAmongTheFigures_IsNone(string text) => Assert.Null(TimeText.ReadMoment(text));

    [Theory]
    [InlineData("8640\0s")]
    [InlineData("1s\0")]
    public void ReadDuration_NulAmongTheFigures_IsNone(string text) => Assert.Null(TimeText.ReadDuration(text));
}
