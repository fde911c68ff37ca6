"""What is read and says something, and what may have been done with it."""

from service.english.closed import words_of

PAPERS = words_of(
    "agreement analysis announcement article assessment audit bill blog book brief bulletin"
    " calculation charter circular clause column comment communique communiqué complaint constitution"
    " contract copy declaration diary document dossier draft e-mail edition editorial email essay"
    " estimate evaluation extract file filing findings figures statistics data forecast"
    " guidance guide indictment inquiry"
    " instruction inventory investigation judgement judgment leaflet letter list log manifesto manual"
    " memo memorandum message minute minutes motion note notice order page pamphlet paper passage"
    " petition plan poll post poster preprint presentation projection proposal prospectus protocol"
    " questionnaire rating record register release reply report resolution response review ruling"
    " scorecard script statement study submission summary survey table telegram text transcript treaty"
    " tweet verdict version warrant website"
)
# "A survey published on Monday"
PAPER_DONE = (
    "published|released|issued|circulated|circulating|sent|seen|obtained|reviewed|leaked|tabled"
    "|submitted|prepared|written|drafted|drawn up|dated|signed|carried out|conducted|commissioned"
    "|compiled|produced|posted|started|launched|filed|handed|delivered|presented|attached|addressed"
    "|shared|given|read out|read|printed|made|agreed|adopted|backed|organised|organized|received"
    "|distributed|shown|put out|passed|pinned|taped|titled|entitled|marked|provided|collected|lodged"
    "|approved|accompanying"
)
