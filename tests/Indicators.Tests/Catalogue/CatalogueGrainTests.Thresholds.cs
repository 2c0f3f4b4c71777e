using EarlyWarning.Catalogue.Tests.Infrastructure;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Store.Auditing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Requests;

namespace EarlyWarning.Indicators.Tests.Catalogue;

/// <content>Thresholds.</content>
public sealed partial class CatalogueGrainTests
{
    [Fact]
    public async Task CreateThreshold_SameAgain_ChangesNothingAndAnotherIsRefused()
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        var first = await _grain.CreateThresholdAsync(Sample.Threshold(), false);
        var again = await _grain.CreateThresholdAsync(first.Threshold!.Clone(), false);
        var other = Sample.Threshold();
        other.Value = 70;

        var refused = await _grain.CreateThresholdAsync(other, false);

        Assert.Equal(first.Threshold, again.Threshold);
        Assert.Equal(V1.ErrorReason.AlreadyExists, Assert.Single(refused.Faults).Reason);
        Assert.Equal(2, refused.Revision);
    }

    [Fact]
    public async Task UpdateThreshold_EtagOfAnEarlierEdit_IsRefused()
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        var first = (await _grain.CreateThresholdAsync(Sample.Threshold(), false)).Threshold!;
        var edit = first.Clone();
        edit.Value = 70;
        var second = (await _grain.UpdateThresholdAsync(edit, false)).Threshold!;
        var late = first.Clone();
        late.Value = 80;

        var refused = await _grain.UpdateThresholdAsync(late, false);

        Assert.NotEqual(first.Etag, second.Etag);
        var fault = Assert.Single(refused.Faults);
        Assert.Equal((V1.ErrorReason.EtagMismatch, second.Name, second.Etag), (fault.Reason, fault.Resource, fault.Etag));
        Assert.Equal(3, second.Revision);
    }

    [Fact]
    public async Task UpdateThreshold_UnderAMark_KeepsItsAnswerWithTheChangeAndIsNotMadeTwice()
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        await _grain.CreateThresholdAsync(Sample.Threshold(), false);
        var edit = Sample.Threshold();
        edit.Value = 71;
        var request = new KeptRequest("caller\nid\n/earlywarning.v1.ThresholdService/UpdateThreshold\ncontent", []);
        var first = await _grain.UpdateThresholdAsync(edit, false, request);
        var other = edit.Clone();
        other.Value = 72;

        await Assert.ThrowsAsync<StoreConflictException>(() => _grain.UpdateThresholdAsync(other, false, request));

        var kept = await new RequestTable(_journals, TimeProvider.System).FindAsync("caller", "id", default);
        Assert.Equal(first.Threshold, V1.UpdateThresholdResponse.Parser.ParseFrom(kept!.Answer).Threshold);
        var present = await _grain.UpdateThresholdAsync(edit, false);
        Assert.Equal(first.Threshold, present.Threshold);
        Assert.Equal(first.Revision, present.Revision);
    }

    [Fact]
    public async Task CreateThreshold_UnderAMarkThatGoesOnRecord_KeepsItsEntryWithTheChangeAndNoneWithoutIt()
    {
        await _grain.CreateFrameworkAsync(Sample.Tree(), Sample.Indicators(), false);
        const string Entry = """{"id":"1","time":"2026-03-01T00:00:00Z","caller":"ada","method":"m","code":"OK"}""";
        KeptRequest request = new($"\n\n/earlywarning.v1.ThresholdService/CreateThreshold\n\n{Entry}", []);
        var chain = new AuditChain(_journals);
        _journals.Broken = true;
        await _grain.CreateThresholdAsync(Sample.Threshold(), false, request);
        _journals.Broken = false;
        Assert.Empty(await chain.ListAsync(new(), long.MaxValue, 10, default));

        Assert.Empty((await _grain.CreateThresholdAsync(Sample.Threshold(), false, request)).Faults);
        Assert.Equal(Entry, Assert.Single(await chain.ListAsync(new(), long.MaxValue, 10, default)).Text);
    }
}
