using EarlyWarning.ServiceDefaults.Paging;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Tests.Paging;

public sealed class RequestFiltersTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AsOf_AheadOfTheClock_IsRefused()
    {
        Assert.Equal(s_now, RequestFilters.AsOf(At(s_now), s_now));
        Assert.Equal(s_now.AddMinutes(4), RequestFilters.AsOf(At(s_now.AddMinutes(4)), s_now));
        Assert.Null(RequestFilters.AsOf(null, s_now));
        Refused(() => RequestFilters.AsOf(At(s_now.AddMinutes(6)), s_now));
    }

    [Fact]
    public void Countries_InAnyOrderAndTwice_AreTheSameFilter()
    {
        var request = new ListCasesRequest { Countries = { "XAC", "XAA", "XAC" } };
        RequestFilters.Countries(request.Countries, _ => true);
        Assert.Equal(new ListCasesRequest { Countries = { "XAA", "XAC" } }, request);
    }

    [Fact]
    public void Countries_UnknownEmptyOrTooMany_AreRefused()
    {
        Assert.Equal("countries[1]", Field("XAA", "Kenya"));
        Assert.Equal("countries[0]", Field(""));
        Assert.Equal("countries", Field([.. Enumerable.Repeat("XAA", 301)]));
        RequestFilters.Countries(new ListCasesRequest { Countries = { Enumerable.Repeat("XAA", 300) } }.Countries, Knows);

        static string Field(params string[] codes) =>
            Assert
                .Throws<RpcException>(() => RequestFilters.Countries(new ListCasesRequest { Countries = { codes } }.Countries, Knows))
                .GetRpcStatus()!
                .GetDetail<Google.Rpc.BadRequest>()!
                .FieldViolations[0]
                .Field;

        static bool Knows(string code) => code == "XAA";
    }

    [Fact]
    public void Time_ThatNobodySet_IsRefused()
    {
        Refused(() => RequestFilters.Time("at", new()));
        Refused(() => RequestFilters.Time("at", new() { Seconds = long.MaxValue }));
        Assert.Equal(s_now.AddYears(5), RequestFilters.Time("at", At(s_now.AddYears(5))));
    }

    [Fact]
    public void Range_ThatHoldsNothing_IsRefused()
    {
        Refused(() => RequestFilters.Range("from", At(s_now), "before", At(s_now)));
        Assert.Equal((s_now, s_now.AddDays(1)), RequestFilters.Range("from", At(s_now), "before", At(s_now.AddDays(1))));
        Assert.Equal((null, s_now), RequestFilters.Range("from", null, "before", At(s_now)));
    }

    [Theory]
    [InlineData("breaches/")]
    [InlineData("breaches/a/b")]
    [InlineData("breaches/a:close")]
    [InlineData("cases/a")]
    [InlineData("")]
    public void Name_OfAnotherForm_IsRefused(string name) => Refused(() => RequestFilters.Name("name", name, "breaches/"));

    [Fact]
    public void Value_OfNoEnumValue_IsRefused() => Refused(() => RequestFilters.Value("state", (Breach.Types.State)99));

    private static Timestamp At(DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);

    private static void Refused(Action call) => Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<RpcException>(call).StatusCode);

    private static void Refused(Func<object?> call) =>
        Refused(() =>
        {
            call();
        });
}
