using EarlyWarning.Board.Countries;
using EarlyWarning.Board.Parts;
using EarlyWarning.Board.Tests.Infrastructure;

namespace EarlyWarning.Board.Tests.Countries;

public sealed class CountryAddressTests
{
    [Fact]
    public void Address_OfWhatIsShownAnyway_IsThePathAlone() => Assert.Equal("/countries/KEN#past", new CountryAddress("KEN").To("#past"));

    [Fact]
    public void Address_OfEverythingElse_SaysIt() =>
        Assert.Equal(
            "/countries/KEN?framework=one&span=year&since=month&as-known-at=2026-01-02T03%3A04&open=r10%2Cr11&all=true",
            new CountryAddress("KEN")
            {
                Framework = "one",
                Span = "year",
                Since = "month",
                AsKnownAt = Known.Now,
                Open = "r10,r11",
                Whole = true,
            }.To()
        );

    [Theory]
    [InlineData("2026-01-02T03:04", true)]
    [InlineData("2026-01-02", true)]
    [InlineData("2026-01-02T03:05", false)]
    [InlineData("yesterday", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Moment_ThatHasCome_IsShown_AndAnyOtherIsThePresent(string? text, bool isPast) =>
        Assert.Equal(isPast, CountryAddress.ReadMinute(text, Known.Now) is not null);

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("2099-01-01T00:00", true)]
    [InlineData("2026-01-02T03:04", false)]
    [InlineData("yesterday", false)]
    [InlineData("1900-01-01T00:00", false)]
    public void Moment_ThatCannotBeShown_IsNotTakenForThePresent(string? text, bool meansNow) =>
        Assert.Equal(meansNow, CountryAddress.MeansNow(text, Known.Now));

    [Fact]
    public void Link_ToACountry_NamesTheFrameworkUnderWhichItWasMet()
    {
        Assert.Equal("/countries/KEN", CountryLink.PathOf("KEN"));
        Assert.Equal("/countries/KEN?framework=one", CountryLink.PathOf("KEN", "one"));
    }
}
