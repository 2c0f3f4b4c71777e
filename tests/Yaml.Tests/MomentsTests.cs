using System.Globalization;

namespace EarlyWarning.Yaml.Tests;

public sealed class MomentsTests
{
    [Theory]
    [InlineData("2021-12-31", "2021-12-31T00:00:00.0000000+00:00")]
    [InlineData("2021-12-31T06:00Z", "2021-12-31T06:00:00.0000000+00:00")]
    [InlineData("2021-12-31T06:00:00Z", "2021-12-31T06:00:00.0000000+00:00")]
    [InlineData("2021-12-31T06:00:00.25+02:00", "2021-12-31T04:00:00.2500000+00:00")]
    [InlineData("2021-12-31 06:00Z", "2021-12-31T06:00:00.0000000+00:00")]
    [InlineData("2021-12-31 06:00:07Z", "2021-12-31T06:00:07.0000000+00:00")]
    [InlineData("2021-12-31T06:00:00", null)]
    [InlineData("2021-12-31T06:00:00-0200", null)]
    [InlineData("2021-12", null)]
    [InlineData("31.12.2021", null)]
    [InlineData("2021-12-31T25:00:00Z", null)]
    [InlineData("", null)]
    public void Moment_AsFilesAndPeopleWriteIt_IsReadOrRefused(string text, string? moment) =>
        Assert.Equal(moment, Moments.TryParse(text, out var read) ? read.ToString("O", CultureInfo.InvariantCulture) : null);
}
