using System.Xml.Linq;

namespace IntegrationHub.Hub.Tests.Returns.Independent;

/// <summary>A small return that breaks no rule: a plan of the year, a refusal, a plan that ceased. Each rule is broken in a copy of it.</summary>
internal static class SoundReturn
{
    internal const string Planned = "Quastrow";
    internal const string Refused = "Vendelmark";
    internal const string Ceased = "Istrawell";

    private const string Text = """
        <Message>
          <Header>
            <CollectionDetails><Collection>SEN2</Collection><Year>2026</Year><ReferenceDate>2026-01-15</ReferenceDate></CollectionDetails>
            <Source><SourceLevel>L</SourceLevel><LEA>330</LEA></Source>
          </Header>
          <Persons>
            <Person>
              <Surname>Quastrow</Surname><Forename>Zelphine</Forename><PersonBirthDate>2016-05-09</PersonBirthDate><Sex>F</Sex><Ethnicity>WBRI</Ethnicity><UPN>Q330100101501</UPN>
              <Requests>
                <ReceivedDate>2025-02-03</ReceivedDate><RequestSource>2</RequestSource><RYA>0</RYA><RequestOutcomeDate>2025-03-10</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome>
                <RequestMediation>0</RequestMediation><RequestTribunal>0</RequestTribunal>
                <Assessment>
                  <AssessmentOutcome>Y</AssessmentOutcome><AssessmentOutcomeDate>2025-06-16</AssessmentOutcomeDate><AssessmentMediation>0</AssessmentMediation>
                  <AssessmentTribunal>0</AssessmentTribunal><OtherMediation>0</OtherMediation><OtherTribunal>0</OtherTribunal><Week20>0</Week20>
                  <NamedPlan>
                    <StartDate>2025-06-16</StartDate><PB>0</PB><OA>0</OA>
                    <PlanDetail><URN>100001</URN><PlacementRank>1</PlacementRank><SENunitIndicator>0</SENunitIndicator><ResourcedProvisionIndicator>0</ResourcedProvisionIndicator></PlanDetail>
                  </NamedPlan>
                </Assessment>
                <ActivePlans>
                  <LastReview>2025-12-01</LastReview>
                  <PlacementDetail><URN>100001</URN><PlacementRank>1</PlacementRank><EntryDate>2025-09-02</EntryDate><SENunitIndicator>0</SENunitIndicator><ResourcedProvisionIndicator>1</ResourcedProvisionIndicator></PlacementDetail>
                  <SENneed><SENtype>ASD</SENtype><SENtypeRank>1</SENtypeRank></SENneed>
                  <SENneed><SENtype>SLCN</SENtype><SENtypeRank>2</SENtypeRank></SENneed>
                </ActivePlans>
              </Requests>
            </Person>
            <Person>
              <Surname>Vendelmark</Surname><Forename>Orsolin</Forename><PersonBirthDate>2021-11-30</PersonBirthDate><Sex>M</Sex><Ethnicity>NOBT</Ethnicity><UPNunknown>UN1</UPNunknown>
              <Requests>
                <ReceivedDate>2025-04-14</ReceivedDate><RequestSource>1</RequestSource><RYA>0</RYA><RequestOutcomeDate>2025-05-22</RequestOutcomeDate><RequestOutcome>N</RequestOutcome>
                <RequestMediation>0</RequestMediation><RequestTribunal>0</RequestTribunal>
              </Requests>
            </Person>
            <Person>
              <Surname>Istrawell</Surname><Forename>Bexley</Forename><PersonBirthDate>2008-03-04</PersonBirthDate><Sex>F</Sex><Ethnicity>MWBC</Ethnicity><UPN>V330000000112</UPN>
              <Requests>
                <ReceivedDate>2020-02-03</ReceivedDate><RequestSource>2</RequestSource><RYA>0</RYA><RequestOutcome>H</RequestOutcome><RequestMediation>0</RequestMediation><RequestTribunal>0</RequestTribunal>
                <Assessment>
                  <AssessmentOutcome>H</AssessmentOutcome><AssessmentMediation>0</AssessmentMediation><AssessmentTribunal>0</AssessmentTribunal><OtherMediation>0</OtherMediation>
                  <OtherTribunal>0</OtherTribunal><Week20>0</Week20>
                  <NamedPlan>
                    <StartDate>2020-06-16</StartDate><PB>0</PB><OA>0</OA><CeaseDate>2025-07-18</CeaseDate><CeaseReason>3</CeaseReason>
                    <PlanDetail><SENSetting>OPA</SENSetting><PlacementRank>1</PlacementRank><SENunitIndicator>0</SENunitIndicator><ResourcedProvisionIndicator>0</ResourcedProvisionIndicator></PlanDetail>
                  </NamedPlan>
                </Assessment>
              </Requests>
            </Person>
          </Persons>
        </Message>
        """;

    internal static XDocument Read() => XDocument.Parse(Text);

    /// <summary>The person of this surname.</summary>
    internal static XElement Of(XElement root, string surname) => root.Descendants("Person").Single(person => person.Element("Surname")!.Value == surname);
}
